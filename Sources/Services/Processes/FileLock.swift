internal import Glibc

/// An advisory lock on a file, let go of by ``release()`` or by the end of the process, however it ends.
final class FileLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    /// Takes the lock if nobody holds it; nil when somebody does.
    static func attempt(_ path: String) throws(ServicesError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure(errno, "lock", path).servicesError }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(descriptor: descriptor) }
        let code = errno
        close(descriptor)
        if code == EWOULDBLOCK || code == EINTR { return nil }
        throw FileFailure(code, "lock", path).servicesError
    }

    func release() { close(descriptor) }
}
