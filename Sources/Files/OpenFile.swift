internal import Glibc
internal import SystemPackage

/// An open file, directory, pipe or device, closed when nobody holds it any more.
package final class OpenFile: Sendable {
    package let number: Int32
    /// What errors call it.
    package let path: String
    private let isOwned: Bool

    package init(owning number: Int32, path: String) {
        self.number = number
        self.path = path
        isOwned = true
    }

    /// One that stays open, and another's: a standard stream.
    package init(borrowing number: Int32, path: String) {
        self.number = number
        self.path = path
        isOwned = false
    }

    /// `permissions`: of a file that is made, less what the umask takes.
    package convenience init(
        _ path: String, _ mode: OpenMode = [], permissions: UInt32 = 0o600
    ) throws(FileError) {
        try self.init(path, in: AT_FDCWD, called: path, mode.flags, permissions)
    }

    /// Opens a name in a directory.
    package convenience init(
        _ name: String, in directory: OpenFile, _ mode: OpenMode = [], permissions: UInt32 = 0o600
    ) throws(FileError) {
        try self.init(name, in: directory.number, called: directory.path(of: name), mode.flags, permissions)
    }

    convenience init(
        _ name: String, in directory: Int32, called path: String, _ flags: Int32, _ permissions: UInt32
    ) throws(FileError) {
        // A name in C ends at the first NUL, and would be another.
        guard !name.utf8.contains(0) else { throw FileError("open", path, .invalidArgument) }
        var number: Int32
        repeat { number = unsafe openat(directory, name, flags, permissions) } while number < 0 && errno == EINTR
        guard number >= 0 else { throw FileError("open", path) }
        self.init(owning: number, path: path)
    }

    deinit { if isOwned { close(number) } }

    package static let standardInput = OpenFile(borrowing: STDIN_FILENO, path: "standard input")
    package static let standardOutput = OpenFile(borrowing: STDOUT_FILENO, path: "standard output")
    package static let standardError = OpenFile(borrowing: STDERR_FILENO, path: "standard error")

    /// Of a name in this directory.
    func path(of name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

    package func status() throws(FileError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw FileError("look at", path) }
        return FileStatus(status)
    }

    /// Where it is, all links followed; nil when the system does not say.
    package var realPath: String? {
        guard let target = FileSystem.target(ofLink: "/proc/self/fd/\(number)"), target.first == UInt8(ascii: "/")
        else { return nil }
        return String(validating: target, as: UTF8.self)
    }

    /// What was written is on the disk when this returns.
    package func synchronize() throws(FileError) {
        while fsync(number) != 0 { if errno != EINTR { throw FileError("write", path) } }
    }

    /// Whatever the umask.
    package func setPermissions(_ permissions: UInt32) throws(FileError) {
        guard fchmod(number, permissions) == 0 else { throw FileError("set the mode of", path) }
    }

    /// Only root can give a file away.
    package func setOwner(_ owner: UInt32, group: UInt32) throws(FileError) {
        guard fchown(number, owner, group) == 0 else { throw FileError("give away", path) }
    }

    /// Whether there is something to read, or no more to wait for, within so many milliseconds.
    package func hasInput(within milliseconds: Int32) -> Bool {
        var slot = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&slot, 1, milliseconds) != 0
    }
}
