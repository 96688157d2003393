import Glibc
import TestSupport
import Testing

@testable import Workspace

struct `A workspace's files` {
    private let directory: TemporaryDirectory
    private let workspace: Workspace

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("README.md", "# One\n\ntwo\nthree")
        try directory.write("src/main.swift", "func main() {}\n")
        try directory.write("src/deep/er/x.swift", "let Ñandú = 1\nlet cafe\u{301} = 2\n")
        try directory.write("image.bin", [0x89, 0x50, 0x00, 0x01])
        try directory.write("latin1.txt", [0x61, 0xf1, 0x6f])
        try directory.write(".hidden", "main in hiding\n")
        try directory.write(".git/config", "main\n")
        workspace = try Workspace(root: directory.path)
    }

    @Test func `are listed with hidden ones and without git's`() async throws {
        #expect(
            try await workspace.list().entries.map(\.path.description) == [
                ".hidden", "README.md", "image.bin", "latin1.txt", "src",
            ])
        let deep = try await workspace.list(depth: 9)
        #expect(deep.entries.map(\.path.description).contains("src/deep/er/x.swift"))
        let cut = try await workspace.list(depth: 9, limit: 3)
        #expect(cut.entries.count == 3 && cut.isTruncated)
        #expect(
            try await workspace.list(WorkspacePath(directory: "src/")).entries.map(\.path.name) == [
                "deep", "main.swift",
            ])
    }

    @Test func `with names that are no paths are counted, not shown`() async throws {
        for name in ["a\nb", "a\\b", "git~1"] { try directory.write(name, "x") }
        #expect(try await workspace.list().unnameable == 3)
    }

    @Test func `are read whole or by lines`() async throws {
        let path = try WorkspacePath("README.md")
        let whole = try await workspace.read(path)
        #expect(whole.text == "# One\n\ntwo\nthree" && whole.lineCount == 4 && whole.size == 16)
        let part = try await workspace.read(path, lines: 2...3)
        #expect(part.text == "\ntwo\n" && part.firstLine == 2 && part.lastLine == 3)
        #expect(try await workspace.read(path, lines: 4...99).text == "three")
        let beyond = try await workspace.read(path, lines: 9...10)
        #expect(beyond.text.isEmpty && beyond.lastLine == 8)
    }

    @Test(arguments: [
        ("image.bin", WorkspaceError.Kind.binary), ("latin1.txt", .binary), ("src", .notAFile), ("none", .notFound),
        ("README.md/x", .notADirectory),
    ])
    func `are not read when they are no text`(name: String, kind: WorkspaceError.Kind) async throws {
        let path = try WorkspacePath(name)
        await #expect { try await workspace.read(path) } throws: { ($0 as? WorkspaceError)?.kind == kind }
    }

    @Test func `are not read when they are larger than a mebibyte`() async throws {
        try directory.write("big", [UInt8](repeating: 0x61, count: WorkspaceLimits.fileSize + 1))
        let path = try WorkspacePath("big")
        await #expect { try await workspace.read(path) } throws: { ($0 as? WorkspaceError)?.kind == .tooLarge }
        #expect(try await workspace.search(TextSearch("a")).filesSkipped == 2)
    }

    @Test(arguments: [
        ("MAIN", false, [".hidden:1", "src/main.swift:1"]), ("MAIN", true, []),
        ("ñANDÚ", false, ["src/deep/er/x.swift:1"]),
        ("café", false, ["src/deep/er/x.swift:2"]), ("Ñandú", true, ["src/deep/er/x.swift:1"]),
        ("three", true, ["README.md:4"]),
        ("main()", false, ["src/main.swift:1"]),
    ])
    func `are searched, upper and lower case and accents alike`(text: String, isCaseSensitive: Bool, found: [String])
        async throws
    {
        let matches = try await workspace.search(TextSearch(text, isCaseSensitive: isCaseSensitive)).matches
        #expect(matches.map { "\($0.path):\($0.line)" } == found)
    }

    @Test func `are searched within a pattern, a directory and a limit`() async throws {
        #expect(try await workspace.search(TextSearch("main", files: [Glob("*.swift")])).matches.count == 1)
        #expect(try await workspace.search(TextSearch("e", directory: WorkspacePath("src"))).filesSearched == 2)
        let cut = try await workspace.search(TextSearch("e", limit: 1))
        #expect(cut.matches.count == 1 && cut.isTruncated)
        await #expect(throws: WorkspaceError.self) { try await workspace.search(TextSearch("a\nb")) }
        await #expect(throws: WorkspaceError.self) { try await workspace.search(TextSearch("")) }
    }

    @Test func `show a long line around the match only`() async throws {
        try directory.write(
            "long", String(repeating: "ñ", count: 5_000) + "needle" + String(repeating: "é", count: 5_000))
        let match = try #require(try await workspace.search(TextSearch("needle")).matches.first)
        #expect(match.text.contains("needle") && match.text.utf8.count <= 310)
        #expect(!match.text.contains("\u{fffd}"))
    }

    @Test func `are found by pattern and by name`() async throws {
        #expect(try await workspace.files(matching: Glob("**/*.swift")).entries.count == 2)
        #expect(try await workspace.files(matching: Glob("src/*.swift")).entries.count == 1)
        #expect(try await workspace.files(named: "MAIN").entries.map(\.path.description) == ["src/main.swift"])
    }

    @Test func `are left out where they are ignored`() async throws {
        let workspace = try Workspace(root: directory.path) { path, isDirectory in isDirectory && path.name == "src" }
        #expect(try await workspace.files(matching: Glob("*.swift")).entries.isEmpty)
        #expect(try await workspace.read(WorkspacePath("src/main.swift")).lineCount == 1)
    }

    @Test func `are no longer looked through when the task is cancelled`() async throws {
        let task = Task { [workspace] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await workspace.search(TextSearch("main"))
        }
        await #expect { try await task.value } throws: { ($0 as? WorkspaceError)?.kind == .cancelled }
    }
}

struct `A pattern` {
    @Test(
        arguments: [
            ("*.md", "a.md", true), ("*.md", "docs/a.md", true), ("*.md", "a.mdx", false),
            ("docs/*.md", "docs/a.md", true),
            ("docs/*.md", "docs/b/a.md", false), ("docs/**", "docs/b/a.md", true), ("docs/**", "docs", false),
            ("docs/**", "docsx/a", false),
            ("**/a", "a", true), ("**/a", "x/y/a", true), ("**/a", "xa", false), ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b", true),
            ("a/**/b", "axb", false), ("?", "ñ", true), ("?", "ab", false), ("a?b/c", "a/b/c", false),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false), ("[^a]x", "bx", true), ("*.{swift,md}", "a.md", true),
            ("{a,b/{c,d}}/x", "b/d/x", true),
            ("/a", "a", true), ("/a", "b/a", false), ("./a/b", "a/b", true), ("*", ".hidden", true),
            ("a*b*c", "aXbYc", true),
            ("***", "a", true), ("[]]", "]", true), ("a[", "a[", nil), ("{a", "a", nil), ("a}", "a", nil),
            ("", "a", nil), ("[z-a]", "a", nil),
            ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "a", nil), ("*/*", "a", false), ("**", "a/b/c", true),
            ("é", "e\u{301}", false),
        ] as [(String, String, Bool?)])
    func `matches`(pattern: String, path: String, result: Bool?) throws {
        guard let result else {
            #expect(throws: WorkspaceError.self) { try Glob(pattern) }
            return
        }
        #expect(try Glob(pattern).matches(WorkspacePath(path)) == result)
    }

    @Test func `takes no more time for being malicious`() throws {
        let pattern = String(repeating: "*a", count: 100) + "b"
        #expect(try !Glob(pattern).matches(WorkspacePath(String(repeating: "a", count: 255))))
    }
}
