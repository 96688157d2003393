/// A value that was given for a setting, and by whom.
package struct SettingEntry: Sendable, Hashable {
    /// `vocero.chat.url`; in the user's file also `chat.url`.
    package let key: String
    package let value: String
    package let source: SettingSource

    package init(key: String, value: String, source: SettingSource) {
        self.key = key
        self.value = value
        self.source = source
    }
}

/// Where a value came from, the strongest first.
package enum SettingSource: Sendable, Hashable, CustomStringConvertible {
    /// The flag's spelling: `--max-cost`.
    case flag(String)
    /// The variable's name.
    case environment(String)
    /// The file of git's configuration it is in.
    case repository(String)
    case userFile(String)
    /// `.voceroconfig`: comes with a clone, is not trusted.
    case workTree(String)
    case `default`

    package var description: String {
        switch self {
        case .flag(let name): "flag \(name)"
        case .environment(let name): "environment variable \(name)"
        case .repository(let file): "the repository's git configuration (\(file))"
        case .userFile(let file): file
        case .workTree(let file): file
        case .default: "default"
        }
    }
}
