internal import Glibc
package import SystemPackage

/// A file operation that failed: what was tried, with what, and why.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A verb: `open`, `write`.
    package let operation: String
    package let path: String
    package let code: Errno

    package init(_ operation: String, _ path: String, _ code: Errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// What the system says about a call outside of this module that failed just now.
    package static func ofLastCall(_ operation: String, _ path: String) -> FileError { FileError(operation, path) }

    /// Of the call that failed just now.
    init(_ operation: String, _ path: String) { self.init(operation, path, Errno(rawValue: errno)) }

    /// The system's words: `No such file or directory`.
    package var reason: String { unsafe String(cString: strerror(code.rawValue)) }

    /// The same with a small first letter, as the middle of a sentence wants it.
    package var reasonInSentence: String { reason.prefix(1).lowercased() + reason.dropFirst() }

    package var description: String { "Cannot \(operation) \(path): \(reasonInSentence)." }

    /// Nothing has that name.
    package var isMissing: Bool { code == .noSuchFileOrDirectory || code == .notDirectory }

    /// The disk, the quota or the largest file that is allowed is full.
    package var isFull: Bool { code == .noSpace || code == .diskQuotaExceeded || code == .fileTooLarge }

    package var isPermission: Bool {
        code == .permissionDenied || code == .notPermitted || code == .readOnlyFileSystem
    }
}
