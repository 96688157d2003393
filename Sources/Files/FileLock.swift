internal import Glibc

extension OpenFile {
    /// Takes the advisory lock of this file, which the kernel frees when the process ends, however it ends.
    ///
    /// - Returns: Whether nobody else has it.
    package func lock() throws(FileError) -> Bool {
        while flock(number, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            if errno != EINTR { throw FileError("lock", path) }
        }
        return true
    }

    /// Before it is closed: a child that was just forked still has the descriptor, and with it the lock.
    package func unlock() { flock(number, LOCK_UN) }
}

/// The advisory lock of a file that is there for nothing else: held until ``release()``, or until nobody has this.
package final class FileLock: Sendable {
    private let file: OpenFile

    private init(_ file: OpenFile) { self.file = file }

    deinit { file.unlock() }

    /// Takes the lock if nobody holds it; nil when somebody does. The file is made, for its owner only.
    package static func attempt(_ path: String) throws(FileError) -> FileLock? {
        let file = try OpenFile(path, [.readWrite, .create, .noFollow])
        return try file.lock() ? FileLock(file) : nil
    }

    package func release() { file.unlock() }
}
