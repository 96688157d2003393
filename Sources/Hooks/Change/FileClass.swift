/// What a changed file is, which says how much of it is worth showing.
package enum FileClass: String, Sendable, Hashable, CaseIterable {
    case source, test, documentation, configuration
    /// Written by a package manager, such as `package-lock.json`.
    case lock
    /// `linguist-generated`, or known by its name.
    case generated
    /// `linguist-vendored`, or below a directory of other people's code.
    case vendored
    case binary
    /// Keys and passwords by its name, such as `.env` or `id_rsa`: its content never leaves the machine.
    case secret
    case submodule
    /// A pattern of `vocero.paths.exclude` names it.
    case excluded
    /// Too large to be read.
    case huge

    /// Only a line of statistics is said about it.
    package var isStatisticsOnly: Bool {
        switch self {
        case .source, .test, .documentation, .configuration: false
        case .lock, .generated, .vendored, .binary, .secret, .submodule, .excluded, .huge: true
        }
    }
}
