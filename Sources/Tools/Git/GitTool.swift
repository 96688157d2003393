internal import Assistant
internal import Git

/// A tool that needs nothing but the repository.
protocol GitTool: DeclaredTool {
    init(_ place: GitPlace)
}

/// The repository that the git tools act on.
struct GitPlace: Sendable {
    let repository: Repository
    /// What policies call it.
    let name: String
}
