import BatchQueue
import FoundationEssentials
import Glibc
import JSON
import Testing
import TestSupport

@testable import Batch

func result(_ position: Int = 0, _ name: String = "a", answer: String? = "An answer") -> BatchResult {
    BatchResult(
        position: position, name: name, state: answer == nil ? .failed : .done, answer: answer,
        error: answer == nil ? "It failed." : nil, run: "0190", model: "m", attempts: 2, inputTokens: 10,
        outputTokens: 5,
        cost: 0.00002, tools: [["name": "git_log", "state": "done", "duration_ms": 3]],
        startedAt: Date(timeIntervalSince1970: 1_700_000_000), finishedAt: Date(timeIntervalSince1970: 1_700_000_001.5))
}

func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}

/// All entries below a directory, as they are written.
func entries(_ path: String) throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: path))
}

struct `Result files` {
    let directory: TemporaryDirectory
    let files: ResultFiles

    init() throws {
        directory = try TemporaryDirectory()
        files = try ResultFiles(directory: directory.file("out/deep"))
    }

    @Test func `hold the answer and, apart, all else`() throws {
        try files.write(result(3, "notes/a.md"))
        #expect(try entries(files.directory) == ["notes", "notes/a.md.md", "notes/a.md.json"])
        #expect(try text(files.directory + "/notes/a.md.md") == "An answer\n")
        let report = try JSON(parsing: try text(files.directory + "/notes/a.md.json"))
        #expect(report == result(3, "notes/a.md").json(withAnswer: false))
        #expect(report["status"] == "done" && report["attempts"] == 2 && report["answer"] == nil)
        #expect(report["usage"] == ["input_tokens": 10, "output_tokens": 5])
        #expect(report["timings"]?["started_at"] == "2023-11-14T22:13:20.000Z")
        #expect(report["timings"]?["duration_ms"] == 1500)
    }

    @Test func `of names that differ only in their ending lie beside each other`() throws {
        try files.write([result(0, "a.md", answer: "1"), result(1, "a.txt", answer: "2"), result(2, "a", answer: "3")])
        #expect(try text(files.directory + "/a.md.md") == "1\n")
        #expect(try text(files.directory + "/a.txt.md") == "2\n")
        #expect(try text(files.directory + "/a.md") == "3\n")
    }

    @Test func `are replaced by a later attempt, without an answer that no longer holds`() throws {
        try files.write([result(answer: "old"), result(0, "b")])
        try files.write(result(answer: nil))
        #expect(try entries(files.directory) == ["a.json", "b.json", "b.md"])
        try files.write(result(answer: "new\n"))
        #expect(try text(files.directory + "/a.md") == "new\n")
    }

    @Test func `do not follow links below the output directory`() throws {
        let outside = try TemporaryDirectory()
        #expect(symlink(outside.path, files.directory + "/link") == 0)
        try outside.write("kept", "kept")
        #expect(symlink(outside.file("kept"), files.directory + "/a.md") == 0)
        try files.write(result())
        #expect(throws: ResultError.self) { try files.write(result(1, "link/x")) }
        #expect(try entries(outside.path) == ["kept"])
        #expect(try text(outside.file("kept")) == "kept")
    }

    @Test func `say in one sentence that something else has their name`() throws {
        try directory.write("out/deep/taken", "a file")
        let error = #expect(throws: ResultError.self) { try files.write(result(0, "taken/x")) }
        #expect(error?.kind == .taken)
        try FileManager.default.createDirectory(atPath: files.directory + "/b.json", withIntermediateDirectories: true)
        #expect(throws: ResultError.self) { try files.write(result(0, "b")) }
        #expect(!(try entries(files.directory)).contains { $0.contains(AtomicFile.prefix) })
    }

    @Test func `leave the input alone`() throws {
        let input = try directory.write("prompts/a.md", "a prompt")
        let folder = directory.file("prompts")
        #expect(symlink(folder, directory.file("same")) == 0)
        for output in [folder, folder + "/", folder + "/../prompts", directory.file("same")] {
            let error = #expect(throws: ResultError.self) { try ResultFiles(directory: output, input: folder) }
            #expect(error?.kind == .isInput)
        }
        let lines = try directory.write("out/deep/results.jsonl", "{}")
        #expect(throws: ResultError.self) { try ResultFiles(directory: files.directory, input: lines) }
        #expect(try ResultFiles(directory: folder + "/results", input: folder).relation == .insideInput)
        #expect(try ResultFiles(directory: directory.path, input: folder).relation == .aroundInput)
        #expect(try ResultFiles(directory: folder + "-out", input: folder).relation == .apart)
        #expect(try text(input) == "a prompt")
    }

    @Test func `are written under every hostile name, each to its own file`() throws {
        let names = [
            "../a", "/a", "a\0", "a\n", ".", "", String(repeating: "x", count: 300), "a/", "A", "a", ".git/x", "a.md/b",
        ]
        try files.write(names.enumerated().map { result($0.offset, $0.element, answer: "\($0.offset)") })
        for (position, name) in names.enumerated() {
            #expect(try text(files.directory + "/" + files.path(of: name).answer) == "\(position)\n")
        }
        #expect(try entries(directory.path).filter { !$0.hasPrefix("out/deep") } == ["out"])
    }

    @Test func `lie in a directory that is known for what it is, unless it held something before`() throws {
        try files.mark()
        #expect(try entries(files.directory) == [".vocero-results"])
        try directory.write("mine/notes.txt", "x")
        try ResultFiles(directory: directory.file("mine")).mark()
        #expect(try entries(directory.file("mine")) == ["notes.txt"])
    }

    @Test func `are swept of what a killed process has left, and of nothing else`() throws {
        let (left, new, held) = (".vocero-result-a", ".vocero-result-b", ".vocero-result-c")
        for name in [left, new, held] { try directory.write("out/deep/\(name)", "x") }
        let holder = open(files.directory + "/" + held, O_RDONLY | O_CLOEXEC)
        #expect(flock(holder, LOCK_EX) == 0)
        for name in [left, held] {
            let times = [timeval(tv_sec: time(nil) - 100, tv_usec: 0), timeval(tv_sec: time(nil) - 100, tv_usec: 0)]
            #expect(utimes(files.directory + "/" + name, times) == 0)
        }
        files.sweep([[]])
        #expect(try entries(files.directory) == [new, held])
        close(holder)
    }

    @Test func `cannot be made in a place that takes none`() throws {
        for path in ["/proc/vocero", "/dev/null/x", "/dev/full"] {
            #expect(throws: ResultError.self) { try ResultFiles(directory: path) }
        }
    }

    @Test func `leave nothing when the disk is full`() async throws {
        let path = files.directory
        await #expect(processExitsWith: .success) { [path = path as String] in
            let files = try ResultFiles(directory: path)
            try files.write(result(0, "kept", answer: "old"))
            // What would be larger fails as on a full device.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let error = #expect(throws: ResultError.self) {
                try files.write(result(0, "kept", answer: String(repeating: "x", count: 10_000)))
            }
            #expect(error?.kind == .full)
            #expect(try entries(path) == ["kept.md", "kept.json"])
            #expect(try text(path + "/kept.md") == "old\n")
        }
    }
}
