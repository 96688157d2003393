import Foundation
import Git
import TestSupport
import Testing

/// A repository whose configuration runs `touch MARKER` wherever git lets it.
private struct ArmedRepository {
    let test: TestRepository
    var marker: String { test.directory.file("marker") }
    var isMarked: Bool { FileManager.default.fileExists(atPath: marker) }

    static func make(arguments: [String] = []) async throws -> ArmedRepository {
        let armed = ArmedRepository(test: try await TestRepository.make(arguments: arguments))
        try await armed.test.commit(".gitattributes", "* filter=x diff=x\n", message: "Attributes")
        try await armed.test.commit("a", "1\n", message: "First")
        try armed.test.write("a", "2\n")
        let run = "touch '\(armed.marker)'; cat"
        for (key, value) in [
            ("filter.x.clean", run), ("filter.x.smudge", run), ("diff.x.textconv", run), ("diff.x.command", run),
            ("diff.external", run), ("core.fsmonitor", run), ("core.pager", run), ("core.sshCommand", run),
            ("core.alternateRefsCommand", run), ("pager.diff", run), ("pager.log", run), ("gpg.program", run),
            ("log.showSignature", "true"), ("alias.status", "!" + run),
        ] { try await armed.test.git("config", key, value) }
        return armed
    }

    /// What a person has allowed at `vocero trust`.
    static func trust(_ hashes: Set<String>) -> RepositoryTrust {
        RepositoryTrust(knows: { _ in true }, allows: { _, requests in hashes.contains(requests.canonicalText) })
    }
}

struct `A repository that configures commands` {
    @Test(arguments: [[], ["--object-format=sha256"]])
    func `is read without running any of them`(arguments: [String]) async throws {
        let armed = try await ArmedRepository.make(arguments: arguments)
        let repository = try await Repository.open(armed.test.path)
        #expect(try await repository.status().entries.map(\.path) == ["a"])
        #expect(try await repository.diff(.uncommitted).patch.contains("+2"))
        _ = try await repository.show()
        _ = try await repository.log(LogQuery(includesChanges: true))
        _ = try await repository.blame("a")
        _ = try await repository.branches()
        _ = try await repository.tags()
        _ = try await repository.remotes()
        _ = try await repository.changes(.staged) { _ in [] }
        _ = try await repository.headLog()
        _ = try await repository.commits(from: nil, to: "HEAD")
        _ = try await repository.trackedFiles()
        _ = try await repository.file("a")
        #expect(!armed.isMarked)
    }

    @Test func `runs none for a write that would need one, and says how to allow it`() async throws {
        let armed = try await ArmedRepository.make()
        let repository = try await Repository.open(armed.test.path)
        for write in [
            { _ = try await repository.commit(CommitRequest(message: "x", content: .all)) },
            { _ = try await repository.stage(["a"]) }, { _ = try await repository.checkout("HEAD~1") },
        ] as [() async throws -> Void] {
            await #expect { try await write() } throws: { error in
                (error as? GitError)?.kind == .untrusted
                    && (error as? GitError)?.message.contains("vocero trust") == true
            }
        }
        #expect(!armed.isMarked)
    }

    @Test func `runs them once a person has allowed just these`() async throws {
        let armed = try await ArmedRepository.make()
        let asked = try await Repository.open(armed.test.path).requests()
        #expect(asked.all.count == 14 && asked.all.allSatisfy { $0.kind != .engine })
        let trust = ArmedRepository.trust([asked.canonicalText])
        let repository = try await Repository.open(armed.test.path, trust: trust)
        #expect(try await repository.isTrusted())
        _ = try await repository.stage(["a"])
        #expect(armed.isMarked)
        try FileManager.default.removeItem(atPath: armed.marker)
        // Another command of the same name is another request.
        try await armed.test.git("config", "filter.x.clean", "touch '\(armed.marker)'; cat; true")
        try armed.test.write("a", "3\n")
        #expect(try await !repository.isTrusted())
        _ = try await repository.status()
        await #expect(throws: GitError.self) { try await repository.stage(["a"]) }
        #expect(!armed.isMarked)
    }

    @Test(arguments: ["include", "includeIf.gitdir:/"])
    func `may hide them in what it includes`(section: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let marker = test.directory.file("marker")
        try test.write(
            "conf", "[filter \"x\"]\n\tclean = touch \(marker)\n[vocero \"chat\"]\n\turl = https://evil/v1\n")
        try test.write(".gitattributes", "* filter=x\n")
        try await test.git("config", "\(section).path", "../conf")
        try test.write("a", "2\n")
        let repository = try await Repository.open(test.path)
        #expect(try await repository.requests().all.map(\.kind) == [.command, .command, .engine])
        _ = try await repository.status()
        #expect(!FileManager.default.fileExists(atPath: marker))
    }

    @Test func `asks for nothing when it has what every clone has`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let clone = try await test.clone(to: "clone")
        try await clone.git("config", "vocero.hook.deadline", "3")
        try await clone.git("config", "vocero.language", "es")
        try await clone.git("config", "branch.main.rebase", "true")
        try await clone.git("config", "core.fsmonitor", "true")
        #expect(try await Repository.open(clone.path).requests().isEmpty)
    }

    @Test func `gives none of its environment's secrets to what git runs for a write`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let seen = test.directory.file("environment")
        try test.write(".git/hooks/pre-commit", "#!/bin/sh\nenv >'\(seen)'\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: test.path + "/.git/hooks/pre-commit")
        setenv("VOCERO_TEST_API_KEY", "sk-very-secret", 1)
        defer { unsetenv("VOCERO_TEST_API_KEY") }
        try test.write("a", "2\n")
        _ = try await Repository.open(test.path).commit(CommitRequest(message: "x", content: .all))
        let text = try String(contentsOfFile: seen, encoding: .utf8)
        #expect(!text.contains("sk-very-secret") && text.contains("GIT_TERMINAL_PROMPT=0") && text.contains("PATH=/"))
    }
}

struct `Looking for a repository` {
    @Test(arguments: ["docs", "docs/refs", "deep/er/docs"])
    func `opens no bare one inside of a work tree`(place: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let inner = place.hasSuffix("refs") ? "docs" : place
        try test.write("\(inner)/HEAD", "ref: refs/heads/main\n")
        try test.write("\(inner)/config", "[core]\n\tbare = true\n")
        try test.write("\(inner)/refs/heads/main", String(repeating: "1", count: 40) + "\n")
        try test.write("\(inner)/objects/x", "")
        let repository = try await Repository.open(test.path + "/" + place)
        #expect(repository.workTree == test.path)
        #expect(repository.traits.passedOver == [test.path + "/" + inner])
    }

    @Test func `opens a bare one that was named and lies in no work tree`() async throws {
        let bare = try await TestRepository.make(bare: true)
        #expect(try await Repository.open(bare.path).workTree == nil)
        await #expect(throws: GitError.self) { try await Repository.open(bare.path + "/refs") }
    }

    @Test(arguments: [
        "refs", "objects", "logs", "index", "packed-refs", "info", "refs/heads", "objects/pack", "config",
    ])
    func `refuses one whose parts lie in another`(part: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("pack-refs", "--all")
        let other = try await test.clone(to: "other")
        let (own, theirs) = (test.path + "/.git/" + part, other.path + "/.git/" + part)
        try? FileManager.default.removeItem(atPath: own)
        try FileManager.default.createSymbolicLink(atPath: own, withDestinationPath: theirs)
        await #expect { try await Repository.open(test.path) } throws: { error in
            (error as? GitError)?.kind == .outside && (error as? GitError)?.message.contains(theirs) == true
        }
    }

    @Test(arguments: ["index", "packed-refs", "refs/heads/x", "info/exclude", "config.worktree", "MERGE_HEAD"])
    func `refuses one that would be waited for`(part: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let path = test.path + "/.git/" + part
        try? FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        await #expect { try await Repository.open(test.path) } throws: { ($0 as? GitError)?.kind == .outside }
    }

    @Test func `refuses one whose configuration includes a pipe`() async throws {
        let test = try await TestRepository.make()
        #expect(mkfifo(test.directory.file("pipe"), 0o600) == 0)
        try await test.git("config", "include.path", test.directory.file("pipe"))
        await #expect { try await Repository.open(test.path) } throws: { ($0 as? GitError)?.kind == .outside }
    }
}
