package import Application

/// Why the input of a batch could not be read at all, or not to its end.
package enum BatchInputError: Error, Sendable, Hashable, CustomStringConvertible {
    case folderMissing(String)
    case notAFolder(String)
    case folderUnreadable(String, reason: String)
    /// No prompt, and nothing that was meant to be one.
    case folderEmpty(String)
    /// Results in the folder itself would be prompts of the next reading.
    case outputIsFolder(String)
    case linesUnreadable(String, reason: String)
    case linesEmpty(String)
    case interrupted(String)

    package var description: String {
        switch self {
        case .folderMissing(let path): "\(path) does not exist; give a folder of prompts"
        case .notAFolder(let path): "\(path) is not a folder; give a folder of prompts, or - for lines of JSON on stdin"
        case .folderUnreadable(let path, let reason): "\(path) could not be read: \(reason)"
        case .folderEmpty(let path):
            "\(path) holds no prompts; \(PromptKind.description) are read, and what --include names"
        case .outputIsFolder(let path):
            "the results would go among the prompts in \(path); give another output directory, or one inside it"
        case .linesUnreadable(let name, let reason): "\(name) could not be read: \(reason)"
        case .linesEmpty(let name): "\(name) holds no prompts; give one JSON object a line"
        case .interrupted(let name): "interrupted while reading \(name)"
        }
    }
}

extension BatchInputError: FailureConvertible {
    package var failure: Failure {
        let kind: Failure.Kind =
            switch self {
            case .folderMissing, .folderEmpty, .linesEmpty, .folderUnreadable, .linesUnreadable: .noInput
            case .notAFolder, .outputIsFolder: .usage
            case .interrupted: .interrupted
            }
        return Failure(kind, description)
    }
}
