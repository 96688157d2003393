import Glibc
import Hashing
import JSON
import TestSupport
import Testing

@testable import Workspace

struct `A change` {
    private let directory: TemporaryDirectory
    private let workspace: Workspace

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("a.txt", "one\ntwo\nthree\n")
        try directory.write("dir/b.txt", "b")
        try directory.write("dir/sub/c.bin", [0, 1, 2])
        workspace = try Workspace(root: directory.path)
    }

    private func path(_ text: String) throws -> WorkspacePath { try WorkspacePath(text) }

    private func text(_ name: String) async throws -> String? {
        guard try await workspace.state(of: path(name)) != nil else { return nil }
        return String(decoding: try await workspace.bytes(of: path(name)), as: UTF8.self)
    }

    /// Everything in the workspace with its content and mode.
    private func snapshot() async throws -> [String] {
        var lines: [String] = []
        for entry in try await workspace.list(depth: 9).entries {
            let state = try await workspace.state(of: entry.path)
            lines.append("\(entry.path) \(state?.mode ?? 0) \(state?.hash?.description ?? "directory")")
        }
        return lines
    }

    private static let edits: [@Sendable () throws -> WorkspaceEdit] = [
        { .create(try WorkspacePath("new/deep/x"), text: "x\n") }, { .overwrite(try WorkspacePath("a.txt"), text: "") },
        { .edit(try WorkspacePath("a.txt"), [TextReplacement(old: "two", new: "2")]) },
        { .append(try WorkspacePath("dir/b.txt"), text: "more\n") }, { .append(try WorkspacePath("fresh"), text: "x") },
        { .move(try WorkspacePath("a.txt"), to: try WorkspacePath("q/r/s.txt"), overwriting: false) },
        { .move(try WorkspacePath("a.txt"), to: try WorkspacePath("dir/b.txt"), overwriting: true) },
        { .move(try WorkspacePath("dir"), to: try WorkspacePath("moved/dir"), overwriting: false) },
        { .delete(try WorkspacePath("a.txt"), recursive: false) },
        { .delete(try WorkspacePath("dir/sub/c.bin"), recursive: false) },
        { .delete(try WorkspacePath("dir"), recursive: true) }, { .makeDirectory(try WorkspacePath("x/y/z")) },
    ]

    @Test(arguments: edits.indices)
    func `is taken back by its undo record, also after that was stored as JSON`(index: Int) async throws {
        chmod(directory.file("a.txt"), 0o640)
        let before = try await snapshot()
        let planned = try await workspace.plan(Self.edits[index]())
        #expect(try await snapshot() == before)
        let applied = try await workspace.apply(planned)
        #expect(try await snapshot() != before)
        let stored = try #require(UndoRecord(json: JSON(parsing: applied.undo.json.description)))
        #expect(stored == applied.undo)
        #expect(try await !workspace.undo(stored).isEmpty)
        #expect(try await snapshot() == before)
        // Once more changes nothing: a crash in the middle of an undo is mended by doing it again.
        _ = try await workspace.undo(stored)
        #expect(try await snapshot() == before)
    }

    @Test(arguments: edits.indices)
    func `is refused when it was done already or the file changed since`(index: Int) async throws {
        let planned = try await workspace.plan(Self.edits[index]())
        _ = try await workspace.apply(planned)
        if case .makeDirectory = planned.edit { return }
        await #expect(throws: WorkspaceError.self) { try await workspace.apply(planned) }
    }

    @Test func `is not undone over someone's later change`() async throws {
        let applied = try await workspace.apply(workspace.plan(.append(path("a.txt"), text: "four\n")))
        try directory.write("a.txt", "someone else\n")
        await #expect { try await workspace.undo(applied.undo) } throws: { ($0 as? WorkspaceError)?.kind == .conflict }
        #expect(try await text("a.txt") == "someone else\n")
    }

    @Test func `shows a diff first`() async throws {
        let edit = try await workspace.plan(.edit(path("a.txt"), [TextReplacement(old: "two", new: "2")]))
        #expect(edit.preview == "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n")
        let create = try await workspace.plan(.create(path("n"), text: "x"))
        #expect(create.preview == "--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n")
        let move = try await workspace.plan(.move(path("a.txt"), to: path("z"), overwriting: false))
        #expect(move.preview == "rename a.txt -> z\n")
        #expect(edit.after == ContentHash(ofText: "one\n2\nthree\n"))
    }

    @Test(
        arguments: [
            ("two", 1, nil), ("e", 3, nil), ("e", 1, WorkspaceError.Kind.conflict), ("four", 1, .conflict),
            ("", 1, .invalidRequest),
        ] as [(String, Int, WorkspaceError.Kind?)])
    func `of a passage needs it exactly as often as said`(old: String, count: Int, kind: WorkspaceError.Kind?)
        async throws
    {
        let edit = WorkspaceEdit.edit(try path("a.txt"), [TextReplacement(old: old, new: "X", count: count)])
        if let kind {
            await #expect { try await workspace.plan(edit) } throws: { ($0 as? WorkspaceError)?.kind == kind }
        } else {
            #expect(try await !workspace.plan(edit).preview.isEmpty)
        }
    }

    @Test func `does not create over a file, move over one or delete what is full`() async throws {
        let refused: [(WorkspaceEdit, WorkspaceError.Kind)] = [
            (.create(try path("a.txt"), text: "x"), .exists), (.create(try path("dir"), text: "x"), .exists),
            (.create(try path("a.txt/x"), text: "x"), .notADirectory),
            (.overwrite(try path("none"), text: "x"), .notFound),
            (.overwrite(try path("dir"), text: "x"), .notAFile),
            (.overwrite(try path("dir/sub/c.bin"), text: "x"), .binary),
            (.move(try path("a.txt"), to: try path("dir/b.txt"), overwriting: false), .exists),
            (.move(try path("dir"), to: try path("dir/sub/d"), overwriting: false), .conflict),
            (.move(try path("none"), to: try path("x"), overwriting: false), .notFound),
            (.delete(try path("dir"), recursive: false), .directoryNotEmpty),
            (.delete(.root, recursive: true), .outside),
            (.makeDirectory(try path("a.txt")), .exists), (.create(try path("n"), text: "a\u{0}"), .binary),
            (.create(try path("n"), text: String(repeating: "a", count: WorkspaceLimits.fileSize + 1)), .tooLarge),
        ]
        for (edit, kind) in refused {
            await #expect("\(edit.paths)") { try await workspace.plan(edit) } throws: {
                ($0 as? WorkspaceError)?.kind == kind
            }
        }
    }

    @Test func `keeps the file's mode and leaves nothing beside it`() async throws {
        chmod(directory.file("a.txt"), 0o755)
        _ = try await workspace.apply(workspace.plan(.append(path("a.txt"), text: "x")))
        #expect(try await workspace.state(of: path("a.txt"))?.mode == 0o755)
        #expect(try await workspace.list().entries.map(\.path.description) == ["a.txt", "dir"])
    }

    @Test func `appends on a line of its own`() async throws {
        _ = try await workspace.apply(workspace.plan(.append(path("dir/b.txt"), text: "c\n")))
        #expect(try await text("dir/b.txt") == "b\nc\n")
    }

    @Test func `does not delete a directory that holds a repository or a link`() async throws {
        try directory.write("dir/sub/.git/HEAD", "x")
        await #expect(throws: WorkspaceError.self) { try await workspace.plan(.delete(path("dir"), recursive: true)) }
        symlink("/etc", directory.file("dir/link"))
        await #expect(throws: WorkspaceError.self) { try await workspace.plan(.delete(path("dir"), recursive: true)) }
    }

    @Test func `leaves the old content when the disk is full`() async throws {
        // A file system of 64 KiB; only root can mount one.
        let small = directory.file("small")
        mkdir(small, 0o700)
        guard mount("none", small, "tmpfs", 0, "size=64k") == 0 else { return }
        defer { umount2(small, Int32(MNT_DETACH)) }
        let workspace = try Workspace(root: small)
        _ = try await workspace.apply(workspace.plan(.create(path("kept"), text: "old\n")))
        let plan = try await workspace.plan(.overwrite(path("kept"), text: String(repeating: "new\n", count: 100_000)))
        await #expect { try await workspace.apply(plan) } throws: { ($0 as? WorkspaceError)?.kind == .noSpace }
        #expect(try await workspace.read(path("kept")).text == "old\n")
        #expect(try await workspace.list().entries.count == 1)
    }

    @Test(arguments: [
        "null", "{}", "[{}]", #"[{"step":"removeFile","path":"../x","hash":"a"}]"#, #"[{"step":"rm","path":"a"}]"#,
        #"[{"step":"restoreFile","path":".git/config","mode":420,"content":{"text":"x"}}]"#,
        #"[{"step":"moveBack","path":"a","to":"/etc/passwd"}]"#, #"[{"step":"makeDirectory","path":"a"}]"#,
    ])
    func `is not undone by a record that was tampered with`(text: String) throws {
        #expect(UndoRecord(json: try JSON(parsing: text)) == nil)
    }
}

struct `A unified diff` {
    @Test(arguments: [
        ("a\nb\nc\n", "a\nb\nc\n", ""), ("", "a\n", "@@ -0,0 +1 @@\n+a\n"), ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
        ("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        (
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n",
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n"
        ),
        ("a\r\n", "a\n", "@@ -1 +1 @@\n-a\r\n+a\n"), ("e\u{301}\n", "\u{e9}\n", "@@ -1 +1 @@\n-e\u{301}\n+\u{e9}\n"),
    ])
    func `shows what changes, to the byte`(old: String, new: String, hunk: String) {
        let diff = UnifiedDiff.between(old, new, path: "f")
        let wanted = hunk.isEmpty ? "" : "--- a/f\n+++ b/f\n" + hunk
        #expect(Array(diff.utf8) == Array(wanted.utf8))
    }

    @Test func `is bounded for large texts`() {
        let old = (0..<20_000).map { "old \($0)\n" }.joined()
        let new = (0..<20_000).map { "new \($0)\n" }.joined()
        let lines = UnifiedDiff.between(old, new, path: "f", maximumLines: 50).split(separator: "\n")
        #expect(lines.count == 51 && lines.last == "… 39953 more lines")
    }
}
