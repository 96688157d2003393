import Git
import Redaction
import TestSupport
import Testing

@testable import Hooks

struct `What came into a branch` {
    static func digest(_ range: IncomingRange?, _ repository: Repository) async throws -> IncomingDigest? {
        guard let range else { return nil }
        return try await IncomingDigest.read(
            range, repository: repository,
            reading: ChangeReading(repository: repository, redactor: SecretRedactor()))
    }

    /// A clone with a commit of its own, whose origin has two more.
    static func make() async throws -> TestRepository {
        let origin = try await TestRepository.make()
        try await origin.commit("a", "1\n", message: "Shared")
        let clone = try await origin.clone(to: "clone")
        try await origin.commit("b", "1\n", message: "Theirs one", author: "Other <other@example.org>")
        try await origin.commit("yarn.lock", "1\n", message: "Theirs two", author: "Other <other@example.org>")
        return clone
    }

    @Test func `by a fast-forward is every new commit`() async throws {
        let clone = try await Self.make()
        try await clone.git("pull", "-q")
        let repository = try await Repository.open(clone.path)
        let digest = try #require(
            try await Self.digest(try await .since((nil, nil), in: repository, own: []), repository))
        #expect(digest.commits.map(\.subject) == ["Theirs two", "Theirs one"])
        #expect(digest.text.contains("main: 2 commits by 1 author"))
        #expect(digest.text.contains("lock file: yarn.lock"))
    }

    @Test func `by a merge is not the merge`() async throws {
        let clone = try await Self.make()
        try await clone.commit("mine", "1\n", message: "Mine")
        try await clone.git("pull", "-q", "--no-rebase", "--no-edit")
        let repository = try await Repository.open(clone.path)
        let digest = try await Self.digest(try await .since((nil, nil), in: repository, own: []), repository)
        #expect(digest?.commits.map(\.subject) == ["Theirs two", "Theirs one"])
    }

    @Test func `by a rebase is not what was rebased`() async throws {
        let clone = try await Self.make()
        let old = try await clone.commit("mine", "1\n", message: "Mine")
        try await clone.git("pull", "-q", "--rebase")
        let new = try await clone.git("rev-parse", "HEAD")
        let repository = try await Repository.open(clone.path)
        let range = try await IncomingRange.since(
            (nil, nil), in: repository, own: IncomingRange.rewritten("\(old) \(new)\n"))
        let digest = try await Self.digest(range, repository)
        #expect(digest?.commits.map(\.subject) == ["Theirs two", "Theirs one"])
    }

    @Test func `since a branch was last here is told by HEAD's log`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1", message: "First")
        try await test.git("checkout", "-q", "-b", "topic")
        try await test.commit("a", "2", message: "On topic")
        try await test.git("branch", "-f", "main", "topic")
        try await test.git("checkout", "-q", "main")
        let repository = try await Repository.open(test.path)
        let digest = try await Self.digest(try await .afterCheckout(repository), repository)
        #expect(digest?.commits.map(\.subject) == ["On topic"])
    }

    @Test func `is nothing on a branch that has not moved, or is new`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1", message: "First")
        try await test.git("checkout", "-q", "-b", "topic")
        let repository = try await Repository.open(test.path)
        #expect(try await IncomingRange.afterCheckout(repository) == nil)
        try await test.git("checkout", "-q", "main")
        #expect(try await IncomingRange.afterCheckout(repository) == nil)
    }
}
