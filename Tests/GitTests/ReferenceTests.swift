import Foundation
import TestSupport
import Testing

@testable import Git

struct `Branches, tags and remotes` {
    @Test func `are listed with what they name`() async throws {
        let test = try await TestRepository.make()
        let first = try await test.commit("a", "1\n", message: "First", date: "2026-01-02T03:04:05Z")
        try await test.git("tag", "light")
        try await test.git(
            ["tag", "-a", "-m", "Release\n\nNotes", "v1"], variables: ["GIT_COMMITTER_DATE": "2026-02-02T03:04:05Z"])
        try await test.git("branch", "topic/ä")
        let clone = try await test.clone(to: "clone")
        let repository = try await Repository.open(clone.path)
        let branches = try await repository.branches()
        #expect(branches.map(\.name) == ["main", "origin/main", "origin/topic/ä"])
        #expect(branches[0].isHead && branches[0].upstream?.name == "origin/main" && branches[0].subject == "First")
        let tags = try await repository.tags()
        #expect(tags.map(\.name) == ["v1", "light"])
        #expect(tags.map(\.target.hex) == [first, first])
        #expect(tags[0].message == "Release\n\nNotes" && tags[0].tagger?.name == "Committer Zero")
        #expect(try await repository.repositoryName() == clone.path)
        try await clone.git("remote", "set-url", "origin", "https://me:ghp_secret@github.com/acme/tool.git")
        #expect(try await repository.remotes().map(\.url) == ["https://github.com/acme/tool.git"])
        #expect(try await repository.repositoryName() == "github.com/acme/tool")
    }

    @Test(
        arguments: [
            (
                "https://user:token@example.org/acme/tool.git", "https://example.org/acme/tool.git",
                "example.org/acme/tool"
            ),
            (
                "https://example.org/acme/tool/?access_token=x", "https://example.org/acme/tool/",
                "example.org/acme/tool"
            ),
            (
                "ssh://git:pw@example.org:22/acme/tool.git", "ssh://git@example.org:22/acme/tool.git",
                "example.org/acme/tool"
            ),
            ("git@example.org:acme/tool.git", "git@example.org:acme/tool.git", "example.org/acme/tool"),
            ("Example.org:group/sub/tool", "Example.org:group/sub/tool", "example.org/group/sub/tool"),
            ("https://example.org:8443/tool", "https://example.org:8443/tool", "example.org:8443/tool"),
            ("https://a@b:c@example.org/x/y", "https://example.org/x/y", "example.org/x/y"),
            ("file:///srv/git/tool.git", "file:///srv/git/tool.git", nil),
            ("/srv/git/acme/tool/.git", "/srv/git/acme/tool/.git", nil),
            ("../tool", "../tool", nil),
        ] as [(String, String, String?)])
    func `have URLs without credentials and a name`(url: String, clean: String, name: String?) {
        #expect(RemoteURL(url).withoutCredentials == clean)
        #expect(RemoteURL(RemoteURL(url).withoutCredentials).repositoryName == name)
    }

    @Test func `are made once, where HEAD is expected`() async throws {
        let test = try await TestRepository.make()
        let first = try #require(ObjectID(hex: try await test.commit("a", "1\n", message: "First")))
        let repository = try await Repository.open(test.path)
        let branch = try await repository.createBranch("topic/new", expectedHead: .commit(first))
        #expect(branch.commit == first && branch.name == "topic/new")
        let tag = try await repository.createTag(TagRequest(name: "v1", message: "Release", date: CommitTime.date))
        #expect(tag.message == "Release" && tag.target == first && tag.tagger?.date == CommitTime.date)
        _ = try await repository.createTag(TagRequest(name: "light"))
        #expect(
            try await test.git("for-each-ref", "--format=%(refname) %(objecttype)") == """
                refs/heads/main commit
                refs/heads/topic/new commit
                refs/tags/light commit
                refs/tags/v1 tag
                """)
        for make in [
            { _ = try await repository.createBranch("topic/new") },
            { _ = try await repository.createTag(TagRequest(name: "v1")) },
        ] as [() async throws -> Void] {
            #expect(await `Opening a repository`.kind(make) == .exists)
        }
        let zero = try #require(ObjectID(hex: String(repeating: "0", count: 40)))
        #expect(
            await `Opening a repository`.kind {
                _ = try await repository.createBranch("x", expectedHead: .commit(zero))
            }
                == .conflict)
    }

    @Test(arguments: [
        "", "-x", "a b", "a..b", "HEAD", "a/", "/a", "a.lock", "a~1", "a\nb", "@{", "refs/../x", "a\u{0}b",
    ])
    func `have names that git accepts`(name: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let repository = try await Repository.open(test.path)
        #expect(await `Opening a repository`.kind { _ = try await repository.createBranch(name) } == .invalidName)
    }

    @Test func `are checked out without losing anything`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("branch", "side")
        try await test.commit("a", "2\n", message: "Second")
        try test.write("keep", "mine\n")
        let repository = try await Repository.open(test.path)
        try test.write("a", "local\n")
        await #expect { try await repository.checkout("side") } throws: {
            guard let error = $0 as? GitError else { return false }
            return error.kind == .conflict && error.message.contains(" a;")
        }
        #expect(try await test.git("symbolic-ref", "HEAD") == "refs/heads/main")
        try test.write("a", "2\n")
        #expect(try await repository.checkout("side").branch == "side")
        #expect(try await test.git("status", "--porcelain") == "?? keep")
        let head = try await repository.checkout("main~1")
        #expect(head.branch == nil)
        #expect(try await test.git("reflog", "-1", "--format=%gs").hasPrefix("checkout: moving from side to"))
        let clone = try await test.clone(to: "clone")
        #expect(try await Repository.open(clone.path).checkout("side").branch == "side")
        #expect(try await clone.git("rev-parse", "--abbrev-ref", "side@{upstream}") == "origin/side")
    }

    @Test func `are not checked out through a symbolic link`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("checkout", "-q", "-b", "side")
        try await test.commit("link/x", "from the commit\n", message: "Trap")
        try await test.git("checkout", "-q", "main")
        try test.directory.write("out/keep", "x\n")
        try FileManager.default.createSymbolicLink(atPath: test.path + "/link", withDestinationPath: "../out")
        let repository = try await Repository.open(test.path)
        #expect(await `Opening a repository`.kind { _ = try await repository.checkout("side") } == .conflict)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.directory.file("out")) == ["keep"])
    }
}

enum CommitTime {
    static let date = Date(timeIntervalSince1970: 1_767_700_000)
}
