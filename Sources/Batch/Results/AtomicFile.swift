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
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isNamed { unlinkat(directory, passing, 0) }
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

/// An open directory.
struct OpenDirectory: ~Copyable {
    let number: Int32
    let path: String

    /// Opens a directory that a person has named; links are followed.
    init(path: String) throws(ResultError) {
        self.path = path
        number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .system("Opening the directory", path) }
    }

    /// Opens a directory inside another and makes it when it is not there; no link is followed.
    init(_ name: String, in parent: borrowing OpenDirectory) throws(ResultError) {
        path = parent.path + "/" + name
        let isNew = mkdirat(parent.number, name, 0o777) == 0
        guard isNew || errno == EEXIST else {
            number = -1
            throw .system("Making the directory", path)
        }
        number = openat(parent.number, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else { throw .system("Opening the directory", path) }
        if isNew { try parent.synchronize() }
    }

    deinit { if number >= 0 { close(number) } }

    func synchronize() throws(ResultError) {
        // Some network file systems cannot, and need not.
        guard fsync(number) == 0 || errno == EINVAL else { throw .system("Writing to the directory", path) }
    }
}
