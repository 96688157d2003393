import Foundation
import TestSupport
import Testing

@testable import Git

/// A commit between the moment in which it is shown and the one in which it is made: by libgit2, and by git for a hook.
struct `A commit that was shown` {
    private static func repository(withHook: Bool) async throws -> TestRepository {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.commit("docs/b", "1\n", message: "Second")
        guard withHook else { return test }
        try test.write(".git/hooks/pre-commit", "#!/bin/sh\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: test.path + "/.git/hooks/pre-commit")
        return test
    }

    @Test(arguments: [false, true])
    func `leaves no object when it is denied`(withHook: Bool) async throws {
        let test = try await Self.repository(withHook: withHook)
        let before = try await test.git("cat-file", "--batch-all-objects", "--batch-check")
        try test.write("a", "a secret that stays here\n")
        try test.write("docs/new", "new\n")
        let repository = try await Repository.open(test.path)
        for content in [CommitContent.all, .tracked, .paths(["docs"])] {
            let prepared = try await repository.prepare(CommitRequest(message: "x", content: content))
            #expect((prepared.needsProgram != nil) == withHook)
            #expect(!prepared.paths.isEmpty)
        }
        #expect(try await test.git("cat-file", "--batch-all-objects", "--batch-check") == before)
        let status = try await test.git("status", "--short", "-uall")
        #expect(status.contains("M a") && status.contains("?? docs/new"))
    }

    @Test(arguments: [false, true])
    func `names every file that it will hold`(withHook: Bool) async throws {
        let test = try await Self.repository(withHook: withHook)
        try await test.git("mv", "a", "moved")
        try test.write("docs/b", "2\n")
        let repository = try await Repository.open(test.path)
        let all = try await repository.prepare(CommitRequest(message: "x", content: .all))
        #expect(all.paths == ["a", "docs/b", "moved"])
        let some = try await repository.prepare(CommitRequest(message: "x", content: .paths(["docs"])))
        #expect(some.paths == ["docs/b"])
        let staged = try await repository.prepare(CommitRequest(message: "x", content: .staged))
        #expect(staged.paths == ["a", "moved"])
    }

    @Test(arguments: [false, true], [CommitContent.all, .paths(["docs"])])
    func `holds nothing that came afterwards`(withHook: Bool, content: CommitContent) async throws {
        let test = try await Self.repository(withHook: withHook)
        try test.write("docs/b", "2\n")
        let repository = try await Repository.open(test.path)
        let prepared = try await repository.prepare(CommitRequest(message: "x", content: content))
        try test.write("docs/late", "late\n")
        await #expect(throws: GitError.self) { try await repository.perform(prepared) }
        #expect(try await test.git("rev-list", "--count", "HEAD") == "2")
        try FileManager.default.removeItem(atPath: test.path + "/docs/late")
        _ = try await repository.perform(prepared)
        #expect(try await test.git("show", "--format=", "--name-only", "HEAD") == "docs/b")
        #expect(try await test.git("status", "--short").isEmpty)
    }

    @Test(arguments: [false, true])
    func `takes no more of the index than it names`(withHook: Bool) async throws {
        let test = try await Self.repository(withHook: withHook)
        try test.write("a", "staged\n")
        try await test.git("add", "a")
        try test.write("docs/b", "2\n")
        let repository = try await Repository.open(test.path)
        _ = try await repository.commit(CommitRequest(message: "x", content: .paths(["docs"])))
        #expect(try await test.git("show", "--format=", "--name-only", "HEAD") == "docs/b")
        #expect(try await test.git("status", "--short") == "M  a")
    }
}
