internal import Glibc

/// How a file is opened; for reading alone without ``write`` and ``readWrite``. It is always closed when another program
/// is executed, and never becomes the process's terminal.
package struct OpenMode: OptionSet, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let write = OpenMode(rawValue: O_WRONLY)
    package static let readWrite = OpenMode(rawValue: O_RDWR)
    package static let append = OpenMode(rawValue: O_APPEND)
    package static let create = OpenMode(rawValue: O_CREAT)
    /// Makes the file; a name that is taken, if only by a link, is an error.
    package static let createNew = OpenMode(rawValue: O_CREAT | O_EXCL)
    package static let truncate = OpenMode(rawValue: O_TRUNC)
    /// A symbolic link in the last place is an error.
    package static let noFollow = OpenMode(rawValue: O_NOFOLLOW)
    package static let directory = OpenMode(rawValue: O_DIRECTORY)
    /// Opening waits for no other end of a pipe.
    package static let nonBlocking = OpenMode(rawValue: O_NONBLOCK)

    var flags: Int32 { rawValue | O_CLOEXEC | O_NOCTTY }
}
