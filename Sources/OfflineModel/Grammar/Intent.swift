internal import Assistant

/// What the offline planner can be asked for.
enum Intent: Sendable, Hashable {
    case help
    case recall(about: String)
    case log(LogQuery)
    case changes(from: String, to: String?, path: String?)
    case fileHistory(path: String)
    case lastChange(path: String)
    case authorsOfFile(path: String)
    case contributors
    case countCommits
    case status
    case branches(tags: Bool)
    case tags
    case remotes
    case uncommitted
    case findText(String)
    case findFile(String)
    case listFiles
    case readFile(String)
    case createFile(path: String, content: FileContent)
    case appendToFile(path: String, content: String)
    case deleteFile(String)
    case createBranch(String)
    case checkout(String)
    case createTag(String)
    case commit(message: String)
    /// Something of the kind was asked, but a word that is needed is missing.
    case incomplete(Missing)
    case unknown

    struct LogQuery: Sendable, Hashable {
        var count: Int?
        var author: String?
        var dates: DatePhrase?
        /// `v1.0..HEAD`.
        var range: String?
    }

    enum FileContent: Sendable, Hashable {
        case text(String)
        case authors
        case commits(count: Int)
    }

    enum Missing: Sendable, Hashable {
        case fileName, branchName, tagName, commitMessage, searchText, contentToAppend
    }

    /// The agent that has the tools; nil when the orchestrator answers by itself.
    var agent: Agent? {
        switch self {
        case .help, .recall, .unknown, .incomplete: nil
        case .findText, .findFile, .listFiles, .readFile, .createFile, .appendToFile, .deleteFile:
            AgentRoster.fileAdmin
        default: AgentRoster.gitAdmin
        }
    }
}
