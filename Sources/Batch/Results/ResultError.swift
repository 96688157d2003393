package import Application
internal import Glibc

/// Why results could not be written. Nothing half-written is left.
package struct ResultError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        case notWritable
        /// No space, no quota, or the largest file that is allowed.
        case full
        /// The output directory is the input, or its `results.jsonl` is.
        case isInput
        /// Something else stands where a directory or a file must.
        case taken
        /// Results of `results.jsonl` came in another order than the input's.
        case order
        /// Any other failure, with its errno.
        case system(Int32)
    }

    package let kind: Kind
    /// One sentence: what, where, what to do next.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// The reason of the last failed system call.
    static func system(_ doing: String, _ path: String, code: Int32 = errno) -> ResultError {
        let shown = SingleLine.of(path, columns: 300)
        return switch code {
        case EACCES, EPERM, EROFS:
            ResultError(.notWritable, "\(doing) \(shown) is not permitted; choose another output directory.")
        case ENOSPC, EDQUOT, EFBIG:
            ResultError(
                .full, "\(doing) \(shown) failed because the disk is full; make room and export the results again.")
        case ENOTDIR, EISDIR, ELOOP, ENOTEMPTY, EEXIST:
            ResultError(.taken, "\(doing) \(shown) failed because something else has that name; move it away.")
        default:
            ResultError(.system(code), "\(doing) \(shown) failed: \(String(cString: strerror(code))).")
        }
    }
}

extension ResultError: FailureConvertible {
    package var failure: Failure { Failure(kind == .isInput ? .usage : .failed, description) }
}
