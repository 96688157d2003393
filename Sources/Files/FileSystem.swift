internal import Glibc
internal import SystemPackage

/// What is asked about paths, and done with them.
package enum FileSystem {
    /// Absolute and without links.
    package static func realPath(_ path: String) throws(FileError) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw FileError("resolve", path) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Above a path: `/` above `/a`, `.` above `a`.
    package static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path; nothing of `/`.
    package static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

    /// Whether a path leads to something, links followed.
    package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Whether this user may read it, links followed.
    package static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

    /// Whether this user may execute it, links followed.
    package static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    /// Where a link points, unread; nil for what is none, or one of more than 4,095 bytes.
    package static func target(ofLink path: String) -> [UInt8]? { target(ofLink: path, in: AT_FDCWD) }

    static func target(ofLink path: String, in directory: Int32) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlinkat(directory, path, &buffer, buffer.count)
        guard count >= 0, count < buffer.count else { return nil }
        return buffer[..<count].map { UInt8(bitPattern: $0) }
    }

    /// The bytes of a regular file, or of the one that a link leads to. Never waits for a pipe or a device.
    ///
    /// - Throws: `EINVAL` for what is no regular file, `EFBIG` for one of more than `limit` bytes.
    package static func contents(of path: String, limit: Int, followingLink: Bool = true) throws(FileError) -> [UInt8] {
        let file = try OpenFile(path, followingLink ? [.nonBlocking] : [.nonBlocking, .noFollow])
        let status = try file.status()
        guard status.isFile else { throw FileError("read", path, .invalidArgument) }
        let bytes = try file.read(atMost: limit, expecting: status.size)
        guard bytes.count <= limit else { throw FileError("read", path, .fileTooLarge) }
        return bytes
    }
}
