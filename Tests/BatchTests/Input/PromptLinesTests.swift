import Batch
import BatchQueue
import Glibc
import Testing
import TestSupport

private let good: [(name: String, line: String, item: String, text: String)] = [
    ("id and prompt", #"{"id": "a", "prompt": "Ask"}"#, "a", "Ask"),
    ("as in OpenAI's batches", #"{"custom_id": "a", "prompt": "Ask"}"#, "a", "Ask"),
    ("both ids, the same", #"{"custom_id": "a", "id": "a", "prompt": "Ask"}"#, "a", "Ask"),
    ("a number as id", #"{"id": 12, "prompt": "Ask"}"#, "12", "Ask"),
    ("no id", #"{"prompt": "Ask"}"#, "line-000001", "Ask"),
    ("null is not given", #"{"id": null, "prompt": "Ask", "model": null, "limits": null}"#, "line-000001", "Ask"),
    ("the prompt alone", #""Ask""#, "line-000001", "Ask"),
    ("a byte order mark", "\u{feff}\"Ask\"", "line-000001", "Ask"),
    ("a carriage return", "\"Ask\"\r", "line-000001", "Ask"),
    ("space around it", "  \"Ask\" \t", "line-000001", "Ask"),
    ("escapes", #"{"id":"\u00e9","prompt":"a\nb\ud83d\ude00"}"#, "é", "a\nb😀"),
    ("an id with slashes", #"{"id":"../../x","prompt":"Ask"}"#, "../../x", "Ask"),
]

private let bad: [(name: String, line: [UInt8], word: String)] = [
    ("half an object", Array(#"{"prompt": "a""#.utf8), "JSON"), ("an array", Array("[]".utf8), "array"),
    ("a number", Array("1".utf8), "integer"), ("null", Array("null".utf8), "null"),
    ("two values", Array(#""a" "b""#.utf8), "JSON"),
    ("a key twice", Array(#"{"prompt":"a","prompt":"b"}"#.utf8), "twice"),
    ("no prompt", Array(#"{"id":"a"}"#.utf8), "no \"prompt\""),
    ("the prompt by another name", Array(#"{"id":"a","text":"b"}"#.utf8), "\"text\""),
    ("an unknown key", Array(#"{"prompt":"a","temperature":1}"#.utf8), "known are id"),
    ("a prompt that is a list", Array(#"{"prompt":["a"]}"#.utf8), "string"),
    ("an empty prompt", Array(#"{"prompt":" \n"}"#.utf8), "empty"), ("an empty text", Array(#""""#.utf8), "empty"),
    ("an empty id", Array(#"{"id":"","prompt":"a"}"#.utf8), "empty"),
    ("an id that is an object", Array(#"{"id":{},"prompt":"a"}"#.utf8), "object"),
    ("an id with a line break", Array(#"{"id":"a\nb","prompt":"a"}"#.utf8), "control"),
    ("an id with a NUL", Array(#"{"id":"a\u0000","prompt":"a"}"#.utf8), "control"),
    ("a long id", Array(#"{"id":"\#(String(repeating: "i", count: 600))","prompt":"a"}"#.utf8), "longer"),
    ("two ids", Array(#"{"id":"a","custom_id":"b","prompt":"a"}"#.utf8), "differ"),
    ("an escaped NUL", Array(#"{"prompt":"a\u0000"}"#.utf8), "NUL"),
    ("a NUL", Array("\"a".utf8) + [0] + Array("\"".utf8), "NUL at byte 2"),
    ("not UTF-8", Array("\"a".utf8) + [0xff] + Array("\"".utf8), "UTF-8 at byte 2"),
    ("half a character", Array("\"é".utf8.dropLast()) + Array("\"".utf8), "UTF-8 at byte 1"),
    ("half a surrogate pair", Array(#""\ud800""#.utf8), "surrogate"),
    ("a number as model", Array(#"{"prompt":"a","model":3}"#.utf8), "a text"),
    ("a text as limits", Array(#"{"prompt":"a","limits":"3"}"#.utf8), "limits"),
    ("an unknown limit", Array(#"{"prompt":"a","limits":{"agent":"x"}}"#.utf8), "steps, tokens"),
    ("a limit in limits in limits", Array(#"{"prompt":"a","limits":{"limits":{"steps":1}}}"#.utf8), "unknown"),
    ("a limit below one", Array(#"{"prompt":"a","limits":{"steps":0}}"#.utf8), "from 1"),
    ("nested without end", [UInt8](repeating: UInt8(ascii: "["), count: 100_000), "nested"),
    ("too long", [UInt8](repeating: UInt8(ascii: "a"), count: (4 << 20) + 1), "4 MiB"),
    ("a byte order mark of UTF-16", [0xff, 0xfe, 0x22, 0x00], "UTF-16"),
]

struct `Lines of prompts` {
    @Test(arguments: good.indices)
    func `are read with their names`(index: Int) async throws {
        let row = good[index]
        let all = try await found(lines: Array((row.line + "\n").utf8))
        #expect(all.count == 1, "\(row.name)")
        let prompt = try #require(all.first?.prompt, "\(row.name)")
        #expect(prompt.name == row.item && prompt.text == row.text, "\(row.name): \(prompt)")
    }

    @Test func `that are broken are named, and the others go on`() async throws {
        var lines: [UInt8] = []
        for row in bad { lines += Array("\"good\"\n".utf8) + row.line + [0x0a] }
        let all = try await found(lines: lines + Array("\"good\"".utf8))
        #expect(all.prompts.count == bad.count + 1)
        #expect(all.problems.count == bad.count)
        for (index, (row, problem)) in zip(bad, all.problems).enumerated() {
            #expect(problem.line == 2 * index + 2, "\(row.name)")
            #expect(problem.message.contains(row.word), "\(row.name): \(problem.message)")
        }
        print("broken lines: \(bad.count), named \(all.problems.count), others read \(all.prompts.count)")
    }

    @Test func `say everything that front matter says`() async throws {
        let line =
            #"{"id":"a","prompt":"Ask","agent":"x","session":"s","repository":"r","model":"m","policy":"p","limits":{"steps":3,"max_tokens":9,"cost":0.5,"seconds":60}}"#
        let options = try #require(try await found(lines: Array(line.utf8)).first?.prompt?.options)
        #expect(options.agent == "x" && options.session == "s" && options.repository == "r" && options.model == "m")
        #expect(options.policy == "p" && options.maxSteps == 3 && options.maxTokens == 9)
        #expect(options.maxCost == 0.5 && options.maxSeconds == 60)
    }

    @Test func `count blank lines, and the last one without its end`() async throws {
        let all = try await found(lines: Array("\r\n\n  \n\"a\"\r\n\n\"b\"".utf8))
        #expect(all.map(\.name) == ["line-000004", "line-000006"])
    }

    @Test(arguments: [65_530, 65_535, 65_536, 65_537, 131_072, 4 << 20])
    func `may end anywhere in a block`(length: Int) async throws {
        let text = String(repeating: "a", count: length - 2)
        let all = try await found(lines: Array("\"\(text)\"\n\"b\"\r\n\"\(text)\"".utf8))
        #expect(all.prompts.map(\.text.utf8.count) == [length - 2, 1, length - 2])
    }

    @Test(arguments: ["", "\n\n", " \r\n"])
    func `that are none are an error of their own`(text: String) async throws {
        await #expect(throws: BatchInputError.self) { try await found(lines: Array(text.utf8)) }
    }

    @Test func `come from a pipe as they are written`() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let writer = ends[1]
        var names: [String] = []
        // A blank line, and the space that begins the next line, do not hold this one back.
        _ = write(writer, "{\"id\":\"0\",\"prompt\":\"a\"}\n\n ", 26)
        // Each line is only written when the one before has been handed on.
        try await PromptLines(descriptor: ends[0], name: "standard input").read { found in
            names.append(found.name)
            let line = "{\"id\":\"\(names.count)\",\"prompt\":\"a\"}\n\n "
            if names.count < 5 { _ = write(writer, line, line.utf8.count) } else { close(writer) }
        }
        #expect(names == ["0", "1", "2", "3", "4"])
    }

    @Test func `that never end are left when the task is cancelled`() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let input = ends[0]
        let task = Task { try await PromptLines(descriptor: input, name: "standard input").read { _ in } }
        task.cancel()
        await #expect(throws: BatchInputError.interrupted("standard input")) { try await task.value }
    }

    @Test(arguments: ["/dev/null", "/", "/nothing/there"])
    func `that are no file are an error`(path: String) async throws {
        await #expect(throws: BatchInputError.self) { try await PromptLines(path: path).read { _ in } }
    }

    @Test func `end where the caller's work fails`() async throws {
        struct Full: Error {}
        let directory = try TemporaryDirectory()
        let path = try directory.write("a.jsonl", "\"a\"\n\"b\"\n")
        var count = 0
        await #expect(throws: Full.self) {
            try await PromptLines(path: path).read { _ in
                count += 1
                throw Full()
            }
        }
        #expect(count == 1)
    }
}
