import FoundationEssentials
import TestSupport
import Testing

@testable import Workspace

/// git's directories under other names.
struct `A git directory inside of a workspace` {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for place in ["bare", "deep/mirror.git", "modules/sub"] {
            try directory.write("tree/\(place)/HEAD", "ref: refs/heads/main\n")
            try directory.write("tree/\(place)/config", "[remote \"o\"]\n\turl = https://user:token@host/x\n")
            try directory.write("tree/\(place)/refs/heads/x", "")
            try directory.write("tree/\(place)/objects/x", "")
            try directory.write("tree/\(place)/hooks/pre-commit", "#!/bin/sh\n")
        }
        try directory.write("tree/linked/HEAD", "ref: refs/heads/main\n")
        try directory.write("tree/linked/commondir", "../bare\n")
        try directory.write("tree/half/HEAD", "ref: refs/heads/main\n")
        try directory.write("tree/half/objects/x", "")
        try directory.write("tree/named/config", "[core]\n")
        try directory.write("tree/src/HEAD", "a file of that name\n")
    }

    private func workspace() throws -> Workspace {
        try Workspace(root: directory.file("tree"), gitDirectories: [directory.file("tree/named")])
    }

    @Test(arguments: [
        "bare/config", "bare/HEAD", "deep/mirror.git/config", "modules/sub/config", "bare/hooks/pre-commit",
        "linked/commondir", "named/config",
    ])
    func `is neither read nor written`(path: String) async throws {
        let workspace = try workspace()
        let path = try WorkspacePath(path)
        let attempts: [() async throws -> Void] = [
            { _ = try await workspace.read(path) }, { _ = try await workspace.list(path.parent) },
            { _ = try await workspace.plan(.overwrite(path, text: "x")) }, { _ = try await workspace.state(of: path) },
            { _ = try await workspace.plan(.delete(path.parent, recursive: true)) },
            { _ = try await workspace.plan(.create(path.parent.appending("new"), text: "x")) },
        ]
        for attempt in attempts {
            await #expect { try await attempt() } throws: { ($0 as? WorkspaceError)?.kind == .outside }
        }
    }

    @Test(arguments: ["half/refs/heads/main", "half/refs", "linked2/HEAD"])
    func `is not put together piece by piece`(path: String) async throws {
        let workspace = try workspace()
        try directory.write("tree/linked2/commondir", "../bare\n")
        await #expect { _ = try await workspace.plan(.create(WorkspacePath(path), text: "x")) } throws: {
            ($0 as? WorkspaceError)?.kind == .outside
        }
    }

    @Test func `is not listed or searched, and what only looks like one is`() async throws {
        let workspace = try workspace()
        let listed = try await workspace.list(depth: 9).entries.map(\.path.description)
        #expect(listed.contains("src/HEAD") && listed.contains("bare"))
        #expect(!listed.contains { $0.hasPrefix("bare/") || $0.hasPrefix("deep/mirror.git/") })
        #expect(try await workspace.read(WorkspacePath("src/HEAD")).text == "a file of that name\n")
        let applied = try await workspace.apply(
            workspace.plan(.create(WorkspacePath("src/objects/x"), text: "x\n")))
        #expect(applied.paths.count == 1)
    }

    @Test func `is no place for a workspace, whole or not`() throws {
        try directory.write("tree/.git/docs/x", "")
        #expect(throws: WorkspaceError.self) { try Workspace(root: directory.file("tree/.git/docs")) }
    }
}
