import Foundation
import Git
import TestSupport
import Testing

struct `Opening a repository` {
    static func kind(_ body: () async throws -> Void) async -> GitError.Kind? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? GitError)?.kind
        }
    }

    @Test func `finds it from below and from its git directory`() async throws {
        let test = try await TestRepository.make()
        try test.write("a/b/c", "x\n")
        for path in ["", "/a/b", "/a/b/c", "/.git", "/.git/refs"] {
            let repository = try await Repository.open(test.path + path)
            #expect(repository.workTree == test.path)
            #expect(repository.gitDirectory == test.path + "/.git")
        }
        #expect(await Self.kind { _ = try await Repository.open(test.directory.path) } == .notARepository)
        #expect(await Self.kind { _ = try await Repository.open(test.path + "/none") } == .notARepository)
    }

    @Test(arguments: ["/", "/etc", "../..", "../../out"])
    func `refuses a work tree elsewhere`(place: String) async throws {
        let test = try await TestRepository.make()
        try test.directory.write("out/x", "x")
        try await test.git("config", "core.worktree", place)
        #expect(await Self.kind { _ = try await Repository.open(test.path) } == .outside)
    }

    @Test func `refuses a git file that leads to another repository`() async throws {
        let victim = try await TestRepository.make()
        try await victim.commit("secret", "x\n", message: "Secret")
        let hostile = try TemporaryDirectory()
        try hostile.write("clone/.git", "gitdir: \(victim.path)/.git\n")
        #expect(await Self.kind { _ = try await Repository.open(hostile.file("clone")) } == .outside)
        try FileManager.default.createDirectory(atPath: hostile.file("link"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: hostile.file("link/.git"), withDestinationPath: victim.path + "/.git")
        #expect(await Self.kind { _ = try await Repository.open(hostile.file("link")) } == .outside)
        try hostile.write("common/.git/HEAD", "ref: refs/heads/main\n")
        try hostile.write("common/.git/commondir", victim.path + "/.git\n")
        #expect(await Self.kind { _ = try await Repository.open(hostile.file("common")) } == .outside)
    }

    @Test func `accepts linked work trees and submodules`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("worktree", "add", "-q", "-b", "side", "../linked")
        let linked = test.at("linked")
        let repository = try await Repository.open(linked.path)
        #expect(repository.traits.isLinkedWorkTree)
        #expect(repository.workTree == linked.path)
        try linked.write("b", "1\n")
        let commit = try await repository.commit(CommitRequest(message: "Aside", content: .all))
        #expect(try await test.git("rev-parse", "side") == commit.id.hex)

        let sub = try await TestRepository.make()
        try await sub.commit("s", "1\n", message: "Sub")
        try await test.git(["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", sub.path, "sub"])
        let opened = try await Repository.open(test.path + "/sub")
        #expect(opened.traits.isSubmodule)
        #expect(try await opened.log().commits.map(\.subject) == ["Sub"])
        let outer = try await Repository.open(test.path)
        #expect(try await outer.status().staged.map(\.path) == [".gitmodules", "sub"])
        let made = try await outer.commit(CommitRequest(message: "Add sub", content: .staged))
        #expect(try await outer.show(made.id.hex).diff.files.last?.isSubmodule == true)
    }

    @Test(.enabled(if: getuid() == 0)) func `refuses what belongs to someone else, and says how to trust it`()
        async throws
    {
        let test = try await TestRepository.make()
        #expect(chown(test.path, 12345, 12345) == 0)
        #expect(chown(test.path + "/.git", 12345, 12345) == 0)
        await #expect { try await Repository.open(test.path) } throws: { error in
            guard let error = error as? GitError else { return false }
            return error.kind == .ownedBySomeoneElse && error.message.contains("safe.directory \(test.path)")
        }
    }

    @Test func `probes what it has`() async throws {
        let test = try await TestRepository.make()
        try await test.git("config", "commit.gpgsign", "true")
        try test.write(".gitattributes", "*.psd filter=lfs diff=lfs merge=lfs -text\n")
        try await test.git("config", "filter.lfs.clean", "cat")
        try test.write(".git/hooks/pre-commit", "#!/bin/sh\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: test.path + "/.git/hooks/pre-commit")
        let traits = try await Repository.open(test.path).traits
        #expect(traits.signsCommits)
        #expect(traits.externalFilters == ["lfs"])
        #expect(traits.hooks == ["pre-commit"])
        #expect(!traits.isShallow && !traits.isSparse && traits.extensions.isEmpty)
    }

    @Test func `with a filter lets git stage and compare`() async throws {
        let test = try await TestRepository.make()
        try test.write(".gitattributes", "*.up filter=up\n")
        try await test.git("config", "filter.up.clean", "tr a-z A-Z")
        try await test.git("config", "filter.up.smudge", "tr A-Z a-z")
        try test.write("x.up", "abc\n")
        let trust = RepositoryTrust(knows: { _ in true }, allows: { _, _ in true })
        let repository = try await Repository.open(test.path, trust: trust)
        _ = try await repository.commit(CommitRequest(message: "x", content: .all))
        #expect(try await test.git("cat-file", "-p", "HEAD:x.up") == "ABC")
        #expect(try await repository.status().isClean)
    }

    @Test func `reads its configuration with levels`() async throws {
        let test = try await TestRepository.make()
        try await test.git("config", "vocero.chat.url", "https://example.org/v1")
        try await test.git("config", "vocero.Key", "x")
        let entries = try await Repository.open(test.path).configuration(prefix: "vocero.")
        #expect(
            Set(entries) == [
                ConfigurationEntry.made("vocero.chat.url", "https://example.org/v1", test.path),
                ConfigurationEntry.made("vocero.key", "x", test.path),
            ])
    }

    @Test func `knows what is ignored`() async throws {
        let test = try await TestRepository.make()
        try test.write(".gitignore", "build/\n*.o\n")
        let rules = try IgnoreRules(workTree: test.path)
        #expect(rules.isIgnored("build", isDirectory: true))
        #expect(rules.isIgnored("src/a.o", isDirectory: false))
        #expect(!rules.isIgnored("src/a.c", isDirectory: false))
        #expect(!rules.isIgnored("build", isDirectory: false))
    }
}

extension ConfigurationEntry {
    static func made(_ key: String, _ value: String, _ path: String) -> ConfigurationEntry {
        ConfigurationEntry(key: key, value: value, level: .local, file: path + "/.git/config")
    }
}
