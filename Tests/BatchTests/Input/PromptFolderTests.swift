import Batch
import BatchQueue
import Glibc
import Testing
import TestSupport

/// Files that are no prompts: what they hold, and a word of why.
private let bad: [(name: String, bytes: [UInt8], word: String)] = [
    ("empty", [], "empty"), ("only blank", Array(" \n\t\r\n".utf8), "no prompt"),
    ("only a byte order mark", [0xef, 0xbb, 0xbf], "no prompt"), ("a NUL", Array("Ask\0".utf8), "NUL at byte 3"),
    ("not UTF-8", Array("Ask ".utf8) + [0xe9], "UTF-8 at byte 4"), ("UTF-16", [0xff, 0xfe, 0x41, 0], "UTF-16"),
    ("UTF-16 the other way round", [0xfe, 0xff, 0, 0x41], "UTF-16"), ("an overlong slash", [0xc0, 0xaf], "byte 0"),
    ("a surrogate", [0x41, 0xed, 0xa0, 0x80], "byte 1"), ("a picture", [0x89, 0x50, 0x4e, 0x47, 0], "NUL"),
    ("beyond Unicode", [0xf4, 0x90, 0x80, 0x80], "byte 0"), ("cut off", Array("é".utf8.prefix(1)), "byte 0"),
    ("too large", [UInt8](repeating: 0x61, count: (1 << 20) + 1), "1 MiB"),
]

struct `A folder of prompts` {
    @Test func `is read in the order of its paths' bytes`() async throws {
        let directory = try TemporaryDirectory()
        let names = [
            "B.md", "a-b.md", "a.md", "a/b/c.txt", "a/z.prompt", "a0.markdown", "b/1.wav", "lines.jsonl",
            "z/deep/er/x.md",
            "é.md",
        ]
        for name in names.reversed() {
            try directory.write(name, name == "lines.jsonl" ? #"{"id":"i","prompt":"p"}"# : name)
        }
        let all = try await found(in: directory)
        #expect(all.map(\.name) == names.map { $0 == "lines.jsonl" ? "lines.jsonl#i" : $0 })
        #expect(all.problems.isEmpty)
        #expect(all.prompts.filter { $0.options.recording != nil }.map(\.name) == ["b/1.wav"])
        #expect(all.prompts.first { $0.options.recording != nil }?.options.recording?.hasSuffix("/b/1.wav") == true)
    }

    @Test(arguments: bad.indices)
    func `says of what is no text why`(index: Int) async throws {
        let row = bad[index]
        let problem = try #require(try await found(file: row.bytes)?.problem, "\(row.name)")
        #expect(problem.message.contains(row.word), "\(row.name): \(problem.message)")
    }

    @Test func `goes on after each problem`() async throws {
        let directory = try TemporaryDirectory()
        for (index, row) in bad.enumerated() {
            try directory.write("\(index)-bad.md", row.bytes)
            try directory.write("\(index)-good.md", "Ask")
        }
        let all = try await found(in: directory)
        #expect(all.prompts.count == bad.count && all.problems.count == bad.count)
        print("bad files: \(bad.count), named \(all.problems.count), others read \(all.prompts.count)")
    }

    @Test func `may hold exactly a mebibyte in one text`() async throws {
        let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(try await found(file: bytes)?.prompt?.text.utf8.count == 1 << 20)
    }

    @Test func `passes over what is hidden, other, or its own output`() async throws {
        let directory = try TemporaryDirectory()
        for name in [
            "a.md", ".hidden.md", ".git/x.md", "b/.x/y.md", "out/a.md", "b/c.pdf", "noextension", "b/out/d.md", ".md",
        ] {
            try directory.write(name, "Ask")
        }
        let all = try await found(in: directory, skipping: [directory.file("out"), directory.file("not/yet")])
        #expect(all.map(\.name) == ["a.md", "b/out/d.md"])
    }

    @Test func `passes over an output directory that is made meanwhile`() async throws {
        let directory = try TemporaryDirectory()
        for name in ["a.md", "out/x.md"] { try directory.write(name, "Ask") }
        var names: [String] = []
        try await PromptFolder(path: directory.path, skipping: [directory.file("link")]).read { found in
            names.append(found.name)
            symlink(directory.file("out"), directory.file("link"))
        }
        #expect(names == ["a.md"])
    }

    @Test func `refuses results among the prompts`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("a.md", "Ask")
        await #expect(throws: BatchInputError.self) {
            try await found(in: directory, skipping: [directory.path + "/."])
        }
    }

    @Test(
        arguments: [
            (["*.md"], [], ["a.md", "d/b.md", "d/e/c.md"]), ([], ["*.txt"], ["a.md", "d/b.md", "d/e/c.md"]),
            (["d/*"], [], ["d/b.md", "d/n.rst"]), (["d/**"], [], ["d/b.md", "d/e/c.md", "d/e/t.txt", "d/n.rst"]),
            (["*.rst"], [], ["d/n.rst"]), ([], ["d"], ["a.md", "t.txt"]), ([], ["d/"], ["a.md", "t.txt"]),
            ([], ["e"], ["a.md", "d/b.md", "t.txt"]), (["*.md"], ["d/e/**"], ["a.md", "d/b.md"]),
            (["./d/*.md"], [], ["d/b.md"]), (["*"], ["*.md"], ["d/e/t.txt", "d/n.rst", "t.txt"]),
        ] as [([String], [String], [String])])
    func `is read as far as it is asked for`(include: [String], exclude: [String], names: [String]) async throws {
        let directory = try TemporaryDirectory()
        for name in ["a.md", "t.txt", "d/b.md", "d/n.rst", "d/e/c.md", "d/e/t.txt"] { try directory.write(name, "Ask") }
        #expect(try await found(in: directory, include: include, exclude: exclude).map(\.name) == names)
    }

    @Test func `that is empty, missing or none is an error of its own`() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("only.pdf", "x")
        await #expect(throws: BatchInputError.folderEmpty(directory.path)) { try await found(in: directory) }
        await #expect(throws: BatchInputError.folderMissing(directory.file("no"))) {
            try await found(in: directory.file("no"))
        }
        await #expect(throws: BatchInputError.folderMissing(file + "/no")) { try await found(in: file + "/no") }
        await #expect(throws: BatchInputError.notAFolder(file)) { try await found(in: file) }
    }

    @Test func `with lines in it names them by file and id`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("d/l.jsonl", "{\"id\":\"a\",\"prompt\":\"p\"}\n{\n\"q\"\n")
        try directory.write("empty.jsonl", "\n\n")
        let all = try await found(in: directory)
        #expect(all.map(\.name) == ["d/l.jsonl#a", "d/l.jsonl", "d/l.jsonl#line-000003", "empty.jsonl"])
        #expect(all.problems.map(\.line) == [2, nil])
    }

    @Test func `says of recordings in other formats what to do`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("a.m4a", "x")
        try directory.write("b.WAV", "x")
        try directory.write("c.flac", "")
        let all = try await found(in: directory)
        #expect(all.prompts.map(\.name) == ["b.WAV"])
        #expect(all.problems.map(\.name) == ["a.m4a", "c.flac"])
    }

    @Test func `ends when the task is cancelled`() async throws {
        let directory = try TemporaryDirectory()
        for index in 0..<5 { try directory.write("\(index).md", "Ask") }
        let path = directory.path
        let task = Task {
            try await PromptFolder(path: path).read { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        await #expect(throws: BatchInputError.interrupted(path)) { try await task.value }
    }

    @Test func `passes over directories of results, whatever batch they are of`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("a.md", "one")
        try directory.write("sub/b.md", "two")
        let files = try ResultFiles(directory: directory.file("sub-results"))
        try files.mark()
        try files.write(BatchResult(position: 0, name: "b.md", state: .done, answer: "answer"))
        #expect(try await found(in: directory).map(\.name) == ["a.md", "sub/b.md"])
    }
}
