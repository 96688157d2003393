internal import Assistant
internal import Git

extension ToolError {
    init(_ error: GitError) {
        let kind: Kind =
            switch error.kind {
            case .notFound: .notFound
            case .invalidName: .invalidArguments
            case .exists, .conflict, .nothingToCommit, .locked: .conflict
            case .outside: .outsideWorkspace
            case .cancelled: .cancelled
            case .notARepository, .ownedBySomeoneElse, .untrusted, .bare, .unborn, .identityMissing, .unsupported,
                .tooLarge,
                .failed:
                .failed
            }
        self.init(kind, error.message)
    }
}

/// Runs a git call with its error as the tool's.
func inRepository<Value: Sendable>(
    _ body: () async throws(GitError) -> Value
) async throws(ToolError) -> Value {
    do throws(GitError) {
        return try await body()
    } catch {
        throw ToolError(error)
    }
}
