/// A value of git's configuration.
package struct ConfigurationEntry: Sendable, Hashable {
    package enum Level: Int, Sendable, Hashable, Comparable {
        case system, global, local, worktree

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// `section.Sub Section.name`: section and name in lower case, the part between as it is written.
    package let key: String
    package let value: String
    package let level: Level
    /// The file of that level; what it includes counts as part of it.
    package let file: String

    package init(key: String, value: String, level: Level, file: String) {
        self.key = key
        self.value = value
        self.level = level
        self.file = file
    }
}
