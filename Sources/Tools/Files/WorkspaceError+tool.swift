internal import Assistant
internal import Workspace

extension ToolError {
    init(_ error: WorkspaceError) {
        let kind: Kind =
            switch error.kind {
            case .invalidPath, .invalidRequest: .invalidArguments
            case .outside: .outsideWorkspace
            case .notFound: .notFound
            case .exists, .conflict: .conflict
            case .cancelled: .cancelled
            case .notAFile, .notADirectory, .directoryNotEmpty, .binary, .tooLarge, .noSpace, .permission, .failed:
                .failed
            }
        self.init(kind, error.message)
    }
}

/// Runs a workspace call with its error as the tool's.
func inWorkspace<Value: Sendable>(
    _ body: () async throws(WorkspaceError) -> Value
) async throws(ToolError) -> Value {
    do throws(WorkspaceError) {
        return try await body()
    } catch {
        throw ToolError(error)
    }
}
