internal import FoundationEssentials
internal import Glibc

/// The records that servers and starters leave for each other: a few lines, read whole.
enum SmallFile {
    /// The first 64 KiB as text; nil when there is no such file, or none that may be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        var length = 0
        while length < bytes.count {
            let start = length
            let count = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
            }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            length += count
        }
        return String(decoding: bytes[..<length], as: UTF8.self)
    }

    /// Replaces a file in one step, so that a reader sees the old text or the new one.
    static func replace(_ path: String, with text: String) throws(ServicesError) {
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure(errno, "write", draft).servicesError }
        let bytes = Array(text.utf8)
        let written = write(descriptor, bytes, bytes.count)
        let code = errno
        close(descriptor)
        guard written == bytes.count, rename(draft, path) == 0 else {
            let failure = FileFailure(written == bytes.count ? errno : code, "write", path)
            unlink(draft)
            throw failure.servicesError
        }
    }
}

/// What a path names, without following a link in its last part.
struct FileStatus {
    let mode: mode_t
    let owner: uid_t
    let group: gid_t
    let size: Int

    init?(_ path: String, followLink: Bool = false) {
        var status = stat()
        guard (followLink ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        mode = status.st_mode
        owner = status.st_uid
        group = status.st_gid
        size = Int(status.st_size)
    }

    var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
    var isRegularFile: Bool { mode & S_IFMT == S_IFREG }

    /// Whether a user may search (enter) a directory with this status.
    func admits(_ user: ServiceUser) -> Bool {
        if owner == user.userID { return mode & 0o100 != 0 }
        if group == user.groupID { return mode & 0o010 != 0 }
        return mode & 0o001 != 0
    }
}
