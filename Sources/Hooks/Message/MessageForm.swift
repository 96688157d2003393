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

    package init(sign: String? = "#", cleanup: Cleanup = .default, hasEditor: Bool = true) {
        self.sign = sign
        self.cleanup = cleanup
        self.hasEditor = hasEditor
    }

    package static func configured(
        in repository: Repository, environment: [String: String]
    ) async throws(GitError) -> MessageForm {
        // Both names mean the same since git 2.45; the last one counts.
        let signs = try await repository.configuration(prefix: "core.comment")
            .filter { ["core.commentchar", "core.commentstring"].contains($0.key.lowercased()) }
        let cleanup = try await repository.configuration(prefix: "commit.cleanup").last?.value
        let sign = signs.last?.value ?? "#"
        return MessageForm(
            sign: sign == "auto" ? nil : sign.isEmpty ? "#" : sign,
            cleanup: cleanup.flatMap { Cleanup(rawValue: $0.lowercased()) } ?? .default,
            hasEditor: environment["GIT_EDITOR"] != ":")
    }
}
