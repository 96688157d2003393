import Glibc

/// The directory that all of this happens in; made for one run and removed after it.
enum Scratch {
    /// Others may pass through: for root, the database server is another user.
    static let directory: String = {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/vocero-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no directory can be made in \(parent)") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        chmod(path, 0o755)
        return path
    }()

    static func write(_ text: String, to name: String) throws -> String {
        let path = "\(directory)/\(name)"
        guard let file = fopen(path, "w") else { throw BenchmarkError("\(path): \(String(cString: strerror(errno)))") }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw BenchmarkError("\(path): not written") }
        return path
    }

    static func read(_ path: String, from offset: Int = 0) throws -> String {
        guard let file = fopen(path, "r") else { throw BenchmarkError("\(path): \(String(cString: strerror(errno)))") }
        defer { fclose(file) }
        fseek(file, offset, SEEK_SET)
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += block[..<count]
        }
    }

    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
