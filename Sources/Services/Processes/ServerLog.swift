internal import Glibc

/// The file that a detached server appends its messages to.
struct ServerLog {
    let path: String

    /// Makes the file, keeps one older file when it has grown past 1 MiB, and gives its length.
    func prepare() throws(ServicesError) -> Int {
        if let status = FileStatus(path), status.size > 1 << 20 { rename(path, path + ".1") }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure(errno, "write", path).servicesError }
        defer { close(descriptor) }
        return Int(lseek(descriptor, 0, SEEK_END))
    }

    /// What was appended after `offset`, at most the first 64 KiB of it.
    func text(after offset: Int) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let length = pread(descriptor, &bytes, bytes.count, off_t(offset))
        return String(decoding: bytes[..<max(0, length)], as: UTF8.self)
    }
}
