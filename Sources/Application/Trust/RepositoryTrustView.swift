internal import Git
package import JSON
internal import Redaction
internal import Settings

/// What a repository asks for, and whether a person has allowed it: what `vocero trust` shows.
package struct RepositoryTrustView: Sendable {
    package enum Kind: String, Sendable, Hashable { case engine, command, other }

    package struct Request: Sendable, Hashable {
        package let kind: Kind
        package let key: String
        /// Of a key only its end, of what is long its beginning and its end.
        package let value: String
        package let file: String
    }

    package let gitDirectory: String
    package let requests: [Request]
    package let isAllowed: Bool
    /// Executable, run by git when something is committed here, whether this repository is trusted or not.
    package let hooks: [String]
    /// Other repositories whose objects it reads.
    package let alternates: [String]
    /// Bare repositories inside of the work tree, which are not opened.
    package let passedOver: [String]
    /// What an allowance is bound to.
    let asked: RepositoryRequests

    /// Of the repository that a path is in.
    package init(at path: String, _ store: TrustStore) async throws {
        try await self.init(try await Repository.open(path, trust: store.trust))
    }

    init(_ repository: Repository) async throws(GitError) {
        gitDirectory = repository.gitDirectory
        asked = try await repository.requests()
        requests = asked.all.map { Request($0) }
        isAllowed = try await repository.isTrusted()
        hooks = repository.traits.hooks
        alternates = repository.traits.alternates
        passedOver = repository.traits.passedOver
    }

    package var json: JSON {
        [
            "git_directory": .string(gitDirectory), "allowed": .bool(isAllowed),
            "requests": .array(requests.map(\.json)), "hooks": .array(hooks.map { .string($0) }),
            "alternates": .array(alternates.map { .string($0) }),
            "passed_over": .array(passedOver.map { .string($0) }),
        ]
    }
}

extension RepositoryTrustView.Request {
    init(_ request: RepositoryRequest) {
        kind =
            switch request.kind {
            case .engine: .engine
            case .command: .command
            case .other: .other
            }
        key = request.key
        file = request.file
        value = Self.shown(request)
    }

    private static func shown(_ request: RepositoryRequest) -> String {
        if request.kind == .engine, request.key.lowercased().hasSuffix(".key") {
            return Secret(request.value).description
        }
        let text = TerminalText.revealed(request.value).replacing("\n", with: "␊")
        guard text.count > 160 else { return text }
        return "\(text.prefix(100)) … (\(text.count) characters) … \(text.suffix(40))"
    }

    var json: JSON {
        ["kind": .string(kind.rawValue), "key": .string(key), "value": .string(value), "file": .string(file)]
    }
}
