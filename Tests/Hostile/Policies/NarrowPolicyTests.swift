import Assistant
import FoundationEssentials
import Git
import Glibc
import JSON
import TestSupport
import Testing
import Workspace

/// What a policy's text says in several sections, each a grant of its own.
struct `A policy` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let repository: String
        let paths: [String]
        let allowed: Bool

        init(_ repository: String, _ paths: String..., allowed: Bool) {
            testDescription = "\(repository) \(paths)"
            self.repository = repository
            self.paths = paths
            self.allowed = allowed
        }
    }

    static let text = """
        [allow "file_create"]
        \trepository = github.com/acme/*
        \tpath = docs/**
        # [allow "file_create"]
        [allow "file_create"] repository = github.com/other/tool
        \tpath = src/[ab]*.swift
        \tpath = "a b/**" \\
        # continued
        [ALLOW "file_create"]
        \trepository = example.org/*/*
        \tpath = **
        \texpires = 2020-01-01
        """

    @Test(arguments: [
        Case("github.com/acme/a", "docs/x", allowed: true), Case("github.com/acme/a", "src/a.swift", allowed: false),
        Case("github.com/other/tool", "src/[ab]1.swift", allowed: true),
        Case("github.com/other/tool", "docs/x", allowed: false),
        Case("github.com/acme/a", "docs/x", "src/[ab]1.swift", allowed: false),
        Case("github.com/other/tool", "docs/x", "src/[ab]1.swift", allowed: false),
        Case("gitlab.com/acme/a", "docs/x", allowed: false), Case("acme/a", "docs/x", allowed: false),
        Case("a", "docs/x", allowed: false), Case("evil.org/github.com/acme/a", "docs/x", allowed: false),
        Case("example.org/a/b", "x", allowed: false), Case("github.com/acme", "docs/x", allowed: false),
    ])
    func `allows what one of its sections allows by itself`(row: Case) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("policy", Self.text.replacing(" \\\n# continued", with: ""))
        let file = try PolicyFile(entries: GitConfigurationFile.sections(ofFile: path), tools: ["file_create"])
        #expect(file.grants.count == 3)
        let decision = Policy(file: file).decide(
            tool: "file_create", effect: .writeLocal,
            subject: PolicySubject(repository: row.repository, paths: row.paths),
            mode: .unattended, uses: 0)
        #expect((decision == .allow) == row.allowed)
    }

    @Test(arguments: [
        "[allow \"file_create\"]\nrepository = a\n[allow \"file_create\"]\npath = **\n",
        "[allow \"file_create\"] [allow \"file_create\"]\nrepository = a\nvocero-section-begins = x\npath = **\n",
        "[allow \"file_create\"]\nrepository = a\n[include]\npath = /etc/passwd\n",
        "[allow \"file_create\"]\nrepository = \"a\n[allow \"file_create\"]\n",
    ])
    func `with a section that is no grant by itself is refused`(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("policy", text)
        #expect(throws: (any Error).self) {
            try PolicyFile(entries: GitConfigurationFile.sections(ofFile: path), tools: ["file_create"])
        }
    }

    @Test func `is not written by a tool, whatever it is called`() async throws {
        let directory = try TemporaryDirectory()
        let manager = FileManager.default
        try directory.write("root/rules/policy", "[allow]\n")
        try directory.write("elsewhere/policy", "[allow]\n")
        for (link, target) in [("root/linked", "rules/policy"), ("root/directory", "rules")] {
            try manager.createSymbolicLink(atPath: directory.file(link), withDestinationPath: target)
        }
        #expect(link(directory.file("root/rules/policy"), directory.file("root/hard")) == 0)
        #expect(link(directory.file("elsewhere/policy"), directory.file("root/far")) == 0)
        let named = [
            directory.file("root/rules/policy"), directory.file("root/rules/../rules/policy"),
            directory.file("root/linked"), directory.file("root/directory/policy"), directory.file("elsewhere/policy"),
        ]
        var escapes = 0
        var count = 0
        for policy in named {
            let isFar = policy.hasSuffix("elsewhere/policy")
            let workspace = try Workspace(root: directory.file("root"), kept: KeptPlaces(unwritable: [policy]))
            let names = isFar ? ["far"] : ["rules/policy", "hard", "linked", "directory/policy", "rules/Policy"]
            for name in names {
                let path = try WorkspacePath(name)
                let other = try WorkspacePath("other")
                for edit in [
                    WorkspaceEdit.overwrite(path, text: "x"), .append(path, text: "x"), .delete(path, recursive: true),
                    .move(path, to: other, overwriting: true), .create(path, text: "x"),
                ] where !(name == "rules/Policy" && !manager.fileExists(atPath: directory.file("root/" + name))) {
                    count += 1
                    if let plan = try? await workspace.plan(edit), (try? await workspace.apply(plan)) != nil {
                        escapes += 1
                    }
                }
            }
            if !isFar {
                let rules = try WorkspacePath("rules")
                for edit in [
                    WorkspaceEdit.delete(rules, recursive: true),
                    .move(rules, to: try WorkspacePath("b"), overwriting: false),
                ] {
                    count += 1
                    if let plan = try? await workspace.plan(edit), (try? await workspace.apply(plan)) != nil {
                        escapes += 1
                    }
                }
            }
        }
        print("hostile policies: \(count) attempts to write a policy, escapes \(escapes)")
        #expect(escapes == 0)
    }
}

/// The program's own directories, in which turns of other repositories lie.
struct `What the program keeps` {
    @Test func `is not there for a tool`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("home/.local/share/vocero/spool/a.spool", "other repository's turn")
        try directory.write("home/.config/vocero/config", "[vocero \"openai\"]\nkey = sk-secret\n")
        try directory.write("home/mine.txt", "turn")
        let own = [directory.file("home/.local/share/vocero"), directory.file("home/.config/vocero")]
        let workspace = try Workspace(root: directory.file("home"), kept: KeptPlaces(closed: own))
        for path in [".local/share/vocero/spool/a.spool", ".config/vocero/config"] {
            await #expect(throws: WorkspaceError.self) { try await workspace.read(WorkspacePath(path)) }
            await #expect(throws: WorkspaceError.self) { try await workspace.bytes(of: WorkspacePath(path)) }
        }
        await #expect(throws: WorkspaceError.self) { try await workspace.list(WorkspacePath(".config/vocero")) }
        await #expect(throws: WorkspaceError.self) {
            try await workspace.plan(.create(WorkspacePath(".config/vocero/new"), text: "x"))
        }
        await #expect(throws: WorkspaceError.self) {
            try await workspace.plan(.delete(WorkspacePath(".config"), recursive: true))
        }
        let found = try await workspace.search(TextSearch("turn"))
        #expect(found.matches.map(\.path.description) == ["mine.txt"])
        let listed = try await workspace.list(depth: 10)
        #expect(!listed.entries.contains { $0.path.description.contains("vocero") })
        #expect(throws: WorkspaceError.self) { try Workspace(root: own[0] + "/spool", kept: KeptPlaces(closed: own)) }
    }
}
