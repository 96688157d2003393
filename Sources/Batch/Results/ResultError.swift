package import Application
internal import Files
internal import SystemPackage

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
        /// Any other failure, with the system's number.
        case system(Int32)
    }

    package let kind: Kind
    /// One sentence: what, where, what to do next.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// What a file operation says that failed, about what was being done with the results.
    init(_ doing: String, _ path: String, _ error: FileError) {
        let shown = SingleLine.of(path, columns: 300)
        self =
            switch error.code {
            case .permissionDenied, .notPermitted, .readOnlyFileSystem:
                ResultError(.notWritable, "\(doing) \(shown) is not permitted; choose another output directory.")
            case .noSpace, .diskQuotaExceeded, .fileTooLarge:
                ResultError(
                    .full, "\(doing) \(shown) failed because the disk is full; make room and export the results again.")
            case .notDirectory, .isDirectory, .tooManySymbolicLinkLevels, .directoryNotEmpty, .fileExists:
                ResultError(.taken, "\(doing) \(shown) failed because something else has that name; move it away.")
            default:
                ResultError(.system(error.code.rawValue), "\(doing) \(shown) failed: \(error.reason).")
            }
    }

    static func catching<Value>(
        _ doing: String, _ path: String, _ body: () throws(FileError) -> Value
    ) throws(ResultError) -> Value {
        do {
            return try body()
        } catch {
            throw ResultError(doing, path, error)
        }
    }
}

extension ResultError: FailureConvertible {
    package var failure: Failure { Failure(kind == .isInput ? .usage : .failed, description) }
}
