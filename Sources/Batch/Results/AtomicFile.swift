internal import Glibc

/// A file that gets its name when it is whole and on disk; gone without a trace when it does not get there.
final class AtomicFile {
    /// Of the names that files have before they are whole.
    static let prefix = ".vocero-result-"

    private let descriptor: Int32
    private let directory: Int32
    private let passing: String
    private let path: String
    private var isNamed = false

    /// `directory` is an open descriptor, which must outlive this; `path` is for messages.
    init(in directory: Int32, path: String) throws(ResultError) {
        self.directory = directory
        self.path = path
        passing = Self.prefix + String(UInt64.random(in: .min ... .max), radix: 16)
        descriptor = openat(directory, passing, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw .system("Writing", path) }
        // For as long as this process lives, so that others see that it does; not every file system has locks.
        flock(descriptor, LOCK_EX | LOCK_NB)
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isNamed { unlinkat(directory, passing, 0) }
    }

    /// Whether a name is that of a file which a process has left that was killed: the lock that it held is free.
    static func isLeftover(_ name: String, in directory: borrowing OpenDirectory) -> Bool {
        guard name.hasPrefix(prefix) else { return false }
        let file = openat(directory.number, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        // One that was made just now may have no lock yet.
        guard fstat(file, &status) == 0, time(nil) - status.st_mtim.tv_sec > 2 else { return false }
        return flock(file, LOCK_EX | LOCK_NB) == 0
    }

    func write(_ text: String) throws(ResultError) {
        try Self.write(text, to: descriptor, path: path)
    }

    /// Waits until it is on the disk.
    func synchronize() throws(ResultError) {
        guard fsync(descriptor) == 0 else { throw .system("Writing", path) }
    }

    /// Takes the place of what has the name. The directory is to be synchronised by the caller.
    func take(_ name: String) throws(ResultError) {
        guard renameat(directory, passing, directory, name) == 0 else { throw .system("Writing", path) }
        isNamed = true
    }

    static func write(_ text: String, to descriptor: Int32, path: String) throws(ResultError) {
        var text = text
        let failure: Int32 = text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count > 0 {
                    written += count
                } else if count == 0 {
                    return EIO
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        guard failure == 0 else { throw .system("Writing", path, code: failure) }
    }
}
