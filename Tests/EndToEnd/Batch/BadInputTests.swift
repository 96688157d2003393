import FoundationEssentials
import Glibc
import JSON
import TestSupport
import Testing

/// Something in the folder that is no prompt.
private struct BadPrompt: Sendable {
    let name: String
    let make: @Sendable (TemporaryDirectory) throws -> Void
    /// What is said of it, beside its name.
    let says: String

    init(_ name: String, says: String, _ make: @escaping @Sendable (TemporaryDirectory) throws -> Void) {
        self.name = name
        self.says = says
        self.make = make
    }

    init(_ name: String, _ bytes: [UInt8], says: String) {
        self.init(name, says: says) { try $0.write("prompts/" + name, bytes) }
    }

    init(_ name: String, _ text: String, says: String) { self.init(name, Array(text.utf8), says: says) }

    static let all: [BadPrompt] = [
        BadPrompt("empty.md", "", says: "empty"),
        BadPrompt("blank.txt", " \n\t\n", says: "no prompt"),
        BadPrompt("binary.md", [0x7f, 0x45, 0x4c, 0x46, 0, 1, 2], says: "NUL"),
        BadPrompt("latin1.txt", [0x63, 0x61, 0xf1, 0x61], says: "UTF-8"),
        BadPrompt("utf16.txt", [0xff, 0xfe, 0x61, 0], says: "UTF-16"),
        BadPrompt("enormous.md", [UInt8](repeating: 0x61, count: 3 << 20), says: "larger than"),
        BadPrompt("open.md", "---\nagent: assistant\n", says: "front matter"),
        BadPrompt("unknown-key.md", "---\nmodle: x\n---\nSay it.\n", says: "modle"),
        BadPrompt("only-front.md", "---\nmodel: x\n---\n", says: "no prompt"),
        BadPrompt("bad-number.md", "---\nsteps: many\n---\nSay it.\n", says: "steps"),
        BadPrompt("loop.md", says: "circle") { directory in
            #expect(symlink("loop.md", directory.file("prompts/loop.md")) == 0)
        },
        BadPrompt("dangling.md", says: "nothing") { directory in
            #expect(symlink("nowhere", directory.file("prompts/dangling.md")) == 0)
        },
        BadPrompt("outside.md", says: "outside") { directory in
            try directory.write("secret.md", "the secret of another folder")
            #expect(symlink("../secret.md", directory.file("prompts/outside.md")) == 0)
        },
        BadPrompt("back", says: "leads back") { directory in
            #expect(symlink("../prompts", directory.file("prompts/back")) == 0)
        },
        BadPrompt("pipe.md", says: "regular file") { directory in
            #expect(mkfifo(directory.file("prompts/pipe.md"), 0o600) == 0)
        },
    ]
}

struct `Bad input of a batch` {
    @Test func `is named, while the good prompts around it are answered`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("aa", "ok"), ("mm", "ok"), ("zz", "ok")])
        for bad in BadPrompt.all { try bad.make(scene.directory) }
        let output = try await scene.batch("run", "prompts", "--no-tools")
        #expect(output.status == 1, "\(output)")
        for bad in BadPrompt.all {
            let line = output.errorLines.first { $0.contains(bad.name) }
            #expect(line?.contains(bad.says) == true, "\(bad.name): \(line ?? "not named")\n\(output.error)")
        }
        for name in ["aa", "mm", "zz"] { #expect(scene.answer(name + ".md") == "Answer to \(name).\n") }
        #expect(scene.endpoint.callCount == 3)
        print("bad prompts: \(BadPrompt.all.count), others answered: \(scene.endpoint.callCount)")
    }

    @Test func `in lines of JSON is named by its line, while the others go on`() async throws {
        let scene = try await BatchScene.make()
        let good = { (name: String) in
            JSON.object(["id": .string(name), "prompt": .string(BatchScene.prompt(name))]).description
        }
        // What one line on stderr says of it; a name that comes twice is not looked up by its line.
        let rows: [(line: String, says: [String])] = [
            (good("first"), []), ("{\"id\": \"broken\", \"prompt\": ", ["queue.jsonl:2", "JSON"]), (good("second"), []),
            (#"{"id": "none"}"#, ["queue.jsonl:4", "prompt"]),
            (#"{"id": "first", "prompt": "again"}"#, ["first", "twice"]), ("[1]", ["queue.jsonl:6", "object"]),
            (#"{"id": "empty", "prompt": ""}"#, ["queue.jsonl:7", "empty"]), ("", []),
            (#"{"id": "odd", "prompt": "x", "modle": "y"}"#, ["queue.jsonl:9", "modle"]), (good("last"), []),
        ]
        try scene.directory.write("queue.jsonl", rows.map { $0.line + "\n" }.joined())
        let output = try await scene.batch("run", "queue.jsonl", "--no-tools")
        #expect(output.status == 1, "\(output)")
        for row in rows where !row.says.isEmpty {
            #expect(
                output.errorLines.contains { line in row.says.allSatisfy(line.contains) }, "\(row)\n\(output.error)")
        }
        let lines = try BatchScene.lines(
            of: String(contentsOfFile: scene.directory.file("queue-results/results.jsonl"), encoding: .utf8))
        #expect(lines.compactMap { $0["name"]?.string } == ["first", "second", "last"])
        #expect(lines.allSatisfy { $0["status"] == "done" })
    }

    @Test func `has its exit status, and nothing is sent`() async throws {
        let scene = try await BatchScene.make()
        let cases: [([String], Int32, String)] = [
            (["run", "nowhere"], 66, "nowhere"), (["run", "prompts"], 66, "no prompts"),
            (["run", "-"], 66, "standard input"), (["run"], 64, "path"),
            (["run", "prompts", "--concurrency", "0"], 64, "concurrency"),
            (["run", "prompts", "--output", ".."], 64, "--output"),
            (["run", "prompts", "--policy", "nowhere"], 66, "nowhere"),
            (["run", "prompts", "--agent", "nobody"], 64, "nobody"),
            (["status", "nowhere"], 66, "nowhere"), (["work", "nowhere"], 66, "nowhere"),
            (["export", "nowhere"], 66, "nowhere"), (["retry", "nowhere"], 66, "nowhere"),
        ]
        for (arguments, status, word) in cases {
            let output = try await scene.vocero.run(["batch"] + arguments)
            #expect(output.status == status, "\(arguments): \(output)")
            #expect(output.output == "" && output.error.contains(word), "\(arguments): \(output)")
        }
        #expect(scene.endpoint.callCount == 0)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `that is a file no one may read is named`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("locked", "ok")])
        chmod(scene.prompts + "/locked.md", 0)
        let output = try await scene.batch("run", "prompts", "--no-tools")
        #expect(output.status == 1 && output.error.contains("locked.md"), "\(output)")
        #expect(scene.answer("a.md") == "Answer to a.\n")
    }
}
