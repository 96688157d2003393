/// Something that a repository's own configuration asks for and that counts only when a person has allowed it.
package struct RepositoryRequest: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Where Vocero sends prompts, files, recordings.
        case engine
        /// A command, or what leads to one.
        case command
        /// Another setting that Vocero does not follow.
        case other
    }

    package let kind: Kind
    /// `filter.lfs.clean`
    package let key: String
    package let value: String
    /// Where it is set.
    package let file: String

    /// Nil for what need not be asked.
    init?(_ entry: ConfigurationEntry) {
        let key = ConfigurationKey(entry.key)
        guard entry.level >= .local, !HarmlessKeys.isUsual(key, value: entry.value) else { return nil }
        kind = CommandKeys.isCommand(key) ? .command : Self.isEngine(key) ? .engine : .other
        self.key = entry.key
        value = entry.value
        file = entry.file
    }

    /// `vocero.chat.url`, and a key or name that is there for it.
    private static func isEngine(_ key: ConfigurationKey) -> Bool {
        guard key.section == "vocero", let engine = key.subsection?.lowercased() else { return false }
        return ["chat", "speech", "embeddings", "openai"].contains(engine)
            && ["url", "key", "model"].contains(key.name)
    }

    var isRunByWrites: Bool { CommandKeys.isRunByWrites(ConfigurationKey(key)) }
}

/// Everything that a repository asks for, in the order of its files.
package struct RepositoryRequests: Sendable, Hashable {
    package let all: [RepositoryRequest]

    init(_ entries: [ConfigurationEntry]) { all = entries.compactMap { RepositoryRequest($0) } }

    package var isEmpty: Bool { all.isEmpty }

    /// The same text for the same requests, in whichever files they are: what an allowance is bound to.
    package var canonicalText: String {
        all.map { "\($0.key.utf8.count):\($0.key)=\($0.value.utf8.count):\($0.value)\n" }.joined()
    }

    package func contains(_ kind: RepositoryRequest.Kind) -> Bool { all.contains { $0.kind == kind } }
}

/// Whether a person has allowed a repository what it asks for.
package struct RepositoryTrust: Sendable {
    /// Whether anything was ever allowed to the repository with this git directory: asked first, for it costs nothing.
    let knows: @Sendable (String) -> Bool
    let allows: @Sendable (String, RepositoryRequests) -> Bool

    /// - Parameters:
    ///   - knows: Of a git directory, without links.
    ///   - allows: The very requests that were shown.
    package init(
        knows: @escaping @Sendable (String) -> Bool,
        allows: @escaping @Sendable (String, RepositoryRequests) -> Bool
    ) {
        self.knows = knows
        self.allows = allows
    }

    /// Nothing is allowed to anybody.
    package static let nobody = RepositoryTrust(knows: { _ in false }, allows: { _, _ in false })
}
