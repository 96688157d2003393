internal import Assistant
internal import Git

/// The repository that the git tools act on.
struct GitPlace: Sendable {
    let repository: Repository
    /// What policies call it.
    let name: String
}

/// A tool that needs nothing but the repository.
protocol GitTool: DeclaredTool {
    init(_ place: GitPlace)
}

/// Parameters that several git tools have.
enum GitParameters {
    static let path = Parameter<String?>("path", "Only this file or directory.")
}
