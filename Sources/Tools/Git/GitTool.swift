internal import Assistant
internal import Git
internal import Redaction

/// A tool that needs nothing but the repository.
protocol GitTool: DeclaredTool {
    init(_ place: GitPlace)
}

/// The repository that the git tools act on.
struct GitPlace: Sendable {
    let repository: Repository
    /// What policies call it.
    let name: String
    let redactor: SecretRedactor

    /// Takes secrets out of a patch by the whole files that it is of.
    var filter: PatchFilter {
        let patches = DiffRedactor(redactor: redactor)
        return { patches.redacted($0, old: $1, new: $2) }
    }
}
