package import Git

/// What git is going to do with a message file, as far as its configuration and environment tell.
package struct MessageForm: Sendable, Hashable {
    /// `commit.cleanup`.
    package enum Cleanup: String, Sendable, Hashable {
        case `default`, strip, whitespace, verbatim, scissors
    }

    /// The configured comment sign; nil for `auto`: then git has picked one.
    package var sign: String?
    package var cleanup: Cleanup
    /// Git says by `GIT_EDITOR=:` that no editor follows.
    package var hasEditor: Bool
    /// `i18n.commitEncoding`, when it is another than UTF-8.
    package var foreignEncoding: String?

    package init(
        sign: String? = "#", cleanup: Cleanup = .default, hasEditor: Bool = true, foreignEncoding: String? = nil
    ) {
        self.sign = sign
        self.cleanup = cleanup
        self.hasEditor = hasEditor
        self.foreignEncoding = foreignEncoding
    }

    /// Whether git will read these words as what they are.
    package func canHold(_ text: String) -> Bool { foreignEncoding == nil || text.utf8.allSatisfy { $0 < 0x80 } }

    /// `caller`: what its command line says of the clean-up comes before the configuration.
    package static func configured(
        in repository: Repository, environment: [String: String], caller: CallingGit?
    ) async throws(GitError) -> MessageForm {
        // Both names mean the same since git 2.45; the last one counts.
        let signs = try await repository.configuration(prefix: "core.comment")
            .filter { ["core.commentchar", "core.commentstring"].contains($0.key.lowercased()) }
        var cleanup = caller?.cleanup
        if cleanup == nil { cleanup = try await repository.configuration(prefix: "commit.cleanup").last?.value }
        let sign = signs.last?.value ?? "#"
        let encoding = try await repository.configuration(prefix: "i18n.commitEncoding").last?.value ?? ""
        let isUTF8 = ["", "utf-8", "utf8"].contains(encoding.lowercased())
        return MessageForm(
            sign: sign == "auto" ? nil : sign.isEmpty ? "#" : sign,
            cleanup: cleanup.flatMap { Cleanup(rawValue: $0.lowercased()) } ?? .default,
            hasEditor: environment["GIT_EDITOR"] != ":", foreignEncoding: isUTF8 ? nil : encoding)
    }
}
