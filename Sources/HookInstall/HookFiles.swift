internal import Glibc

/// The file operations of an installation. Each leaves the old state or the new one, whenever the process ends.
enum HookFiles {
    enum Kind: Sendable, Hashable {
        case file, link, directory, other
    }

    struct Status: Sendable, Hashable {
        let kind: Kind
        let mode: mode_t
        let device: dev_t
        let inode: ino_t

        func isSameFile(as other: Status) -> Bool { device == other.device && inode == other.inode }
    }

    /// Of the entry itself, not of what a link leads to; nil when there is none.
    static func status(_ path: String) throws(HookError) -> Status? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("look at", path)
        }
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFLNK: .link
            case S_IFDIR: .directory
            default: .other
            }
        return Status(
            kind: kind, mode: status.st_mode & 0o7777, device: status.st_dev, inode: status.st_ino)
    }

    /// As git asks it: what a link leads to counts.
    static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// The beginning of a regular file, or of the one a link leads to; nil when it cannot be read.
    static func head(_ path: String, limit: Int = 64 << 10) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)))
        var length = 0
        while length < bytes.count {
            let count = bytes[length...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            length += count
        }
        return Array(bytes.prefix(length))
    }

    /// Puts a file in a place, over what is there.
    static func put(_ bytes: [UInt8], at path: String, mode: mode_t? = nil) throws(HookError) {
        let temporary = temporaryName(for: path)
        if unlink(temporary) != 0, errno != ENOENT { throw failure("write", temporary) }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o777)
        guard descriptor >= 0 else { throw failure("write", temporary) }
        var isWritten = true
        var offset = 0
        while isWritten, offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { offset += count } else if errno != EINTR { isWritten = false }
        }
        if isWritten, let mode { isWritten = fchmod(descriptor, mode) == 0 }
        isWritten = isWritten && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten else {
            unlink(temporary)
            errno = code
            throw failure("write", path)
        }
        try move(temporary, to: path)
    }

    /// Renames, over what is there.
    static func move(_ path: String, to other: String) throws(HookError) {
        guard rename(path, other) == 0 else { throw failure("rename \(path) to", other) }
        syncDirectory(of: other)
    }

    /// Gives an entry a second name that nothing has yet; a link stays a link. The first name stays.
    static func name(_ path: String, also other: String) throws(HookError) {
        if linkat(AT_FDCWD, path, AT_FDCWD, other, 0) == 0 { return syncDirectory(of: other) }
        guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK || errno == ENOSYS else {
            throw failure("rename \(path) to", other)
        }
        // No second names on this file system: an equal entry does.
        guard let status = try status(path) else { throw failure("read", path) }
        if status.kind == .link {
            guard let target = target(ofLink: path), symlink(target, other) == 0 else {
                throw failure("rename \(path) to", other)
            }
            return syncDirectory(of: other)
        }
        guard let bytes = head(path, limit: .max) else { throw failure("read", path) }
        try put(bytes, at: other, mode: status.mode)
    }

    /// Makes a link where nothing is.
    static func makeLink(_ path: String, to target: String) throws(HookError) {
        guard symlink(target, path) == 0 else { throw failure("make", path) }
        syncDirectory(of: path)
    }

    static func remove(_ path: String) throws(HookError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
        syncDirectory(of: path)
    }

    /// Makes a directory and those above it.
    ///
    /// - Returns: How many did not exist.
    static func makeDirectory(_ path: String, mode: mode_t = 0o777) throws(HookError) -> Int {
        var status = stat()
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR { return 0 }
            throw HookError(.refused, "\(path) is no directory, so there is no place for hooks; change core.hooksPath.")
        }
        guard let parent = parent(of: path) else { throw failure("make", path) }
        let above = try makeDirectory(parent, mode: mode)
        guard mkdir(path, mode) == 0 else {
            if errno == EEXIST { return above }
            throw failure("make", path)
        }
        return above + 1
    }

    /// Removes a directory, and as many above it, as long as they are empty.
    static func removeEmptyDirectories(_ path: String, count: Int) {
        var path = path
        for _ in 0..<count {
            guard rmdir(path) == 0, let parent = parent(of: path) else { return }
            path = parent
        }
    }

    /// An absolute path without links, as far as it exists.
    static func resolved(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        guard let parent = parent(of: path) else { return path }
        return resolved(parent) + (parent == "/" ? "" : "/") + (path.split(separator: "/").last ?? "")
    }

    static func temporaryName(for path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        return "\(path[..<slash])/.\(path[slash...].dropFirst()).vocero-new"
    }

    private static func parent(of path: String) -> String? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path != "/" else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func target(ofLink path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink(path, &buffer, Int(PATH_MAX))
        return count < 0 ? nil : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A rename that was reported survives a power cut.
    private static func syncDirectory(of path: String) {
        guard let parent = parent(of: path) else { return }
        let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ action: String, _ path: String) -> HookError {
        let code = errno
        let reason = String(cString: strerror(code)).lowercased()
        let advice =
            code == EACCES || code == EPERM || code == EROFS ? "; give yourself the right to write there" : ""
        return HookError(.failed, "Cannot \(action) \(path): \(reason)\(advice).")
    }
}
