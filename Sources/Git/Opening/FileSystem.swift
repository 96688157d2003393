internal import Glibc

/// The few questions about files that opening a repository asks.
enum FileSystem {
    enum Kind { case file, directory, link, other }

    /// What a path is, links not followed; nil when nothing is there.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return kind(ofMode: status.st_mode)
    }

    static func kind(ofMode mode: mode_t) -> Kind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .link
        default: .other
        }
    }

    /// Of the environment.
    static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    static func device(of path: String) -> dev_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_dev : nil
    }

    static func isExecutableFile(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// Absolute and without links; nil when it does not exist.
    static func realPath(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// `path` as seen from `directory`.
    static func join(_ directory: String, _ path: String) -> String {
        if path.hasPrefix("/") { return path }
        return directory.hasSuffix("/") ? directory + path : directory + "/" + path
    }

    /// Of an absolute path; `/` for `/`.
    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    static func name(of path: String) -> String {
        String(path.split(separator: "/").last ?? "")
    }

    /// The first line of a small regular file; nil when there is none.
    static func firstLine(ofFile path: String) -> String? {
        guard let bytes = contents(ofFile: path, limit: 1 << 16) else { return nil }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: line, as: UTF8.self)
    }

    static func lines(ofFile path: String, limit: Int = 1 << 20) -> [Substring] {
        guard let bytes = contents(ofFile: path, limit: limit) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    }

    /// The bytes of a regular file of at most `limit`; nil for anything else. Never waits on a pipe or device.
    static func contents(ofFile path: String, limit: Int) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return contents(ofDescriptor: descriptor, limit: limit)
    }

    static func contents(ofDescriptor descriptor: Int32, limit: Int) -> [UInt8]? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: limit < Int(status.st_size) + 1 ? limit : Int(status.st_size) + 1)
        var count = 0
        while count < bytes.count {
            let part = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress.unsafelyUnwrapped + count, buffer.count - count)
            }
            if part < 0 { return nil }
            if part == 0 { break }
            count += part
        }
        return Array(bytes.prefix(count))
    }
}
