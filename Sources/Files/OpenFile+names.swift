internal import Glibc

/// What is done with the names in an open directory.
extension OpenFile {
    /// What a name in this directory stands for.
    package func status(of name: String, followingLink: Bool = false) throws(FileError) -> FileStatus {
        try status(of: name.utf8.map { CChar(bitPattern: $0) } + [0], called: name, followingLink)
    }

    /// The same for a name that may be no UTF-8.
    package func status(of name: [UInt8], followingLink: Bool = false) throws(FileError) -> FileStatus {
        try status(
            of: name.map { CChar(bitPattern: $0) } + [0], called: String(decoding: name, as: UTF8.self), followingLink)
    }

    private func status(of name: [CChar], called text: String, _ followingLink: Bool) throws(FileError) -> FileStatus {
        var status = stat()
        guard unsafe fstatat(number, name, &status, followingLink ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
            throw FileError("look at", path(of: text))
        }
        return FileStatus(status)
    }

    /// - Returns: Whether it is new; false when something has that name.
    package func makeDirectory(_ name: String, permissions: UInt32 = 0o777) throws(FileError) -> Bool {
        if unsafe mkdirat(number, name, permissions) == 0 { return true }
        guard errno == EEXIST else { throw FileError("make", path(of: name)) }
        return false
    }

    /// Removes a file, or an empty directory; one that is not there is an error.
    package func remove(_ name: String, isDirectory: Bool = false) throws(FileError) {
        guard unsafe unlinkat(number, name, isDirectory ? AT_REMOVEDIR : 0) == 0 else {
            throw FileError("remove", path(of: name))
        }
    }

    /// Makes a symbolic link where nothing is.
    package func makeLink(_ name: String, to target: [UInt8]) throws(FileError) {
        let target = target.map { CChar(bitPattern: $0) } + [0]
        guard unsafe symlinkat(target, number, name) == 0 else { throw FileError("make", path(of: name)) }
    }

    /// Where a link in this directory points, unread; nil for what is none, or one of more than 4,095 bytes.
    package func target(ofLink name: String) -> [UInt8]? { FileSystem.target(ofLink: name, in: number) }
}
