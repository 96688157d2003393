import Assistant
import JSON
import Testing

@testable import Tools

struct `A tool that reads` {
    struct Read: Sendable, CustomTestStringConvertible {
        let tool: String
        let arguments: JSON
        let gives: [String]
        var testDescription: String { "\(tool) \(arguments)" }

        init(_ tool: String, _ arguments: JSON, gives: String...) {
            self.tool = tool
            self.arguments = arguments
            self.gives = gives
        }
    }

    @Test(arguments: [
        Read("file_list", [:], gives: #""path":"README.md""#, #""path":"Sources""#, #""bytes":8"#),
        Read("file_list", ["path": "."], gives: #""path":"README.md""#),
        Read("file_list", ["depth": 2], gives: #""path":"Sources/main.swift""#),
        Read("file_list", ["path": "Sources"], gives: #""path":"Sources/main.swift""#, #""more":false"#),
        Read("file_list", ["limit": 1], gives: #""more":true"#),
        Read("file_read", ["path": "README.md"], gives: #""text":"one\ntwo\n""#, #""total_lines":2"#),
        Read("file_read", ["path": "README.md", "first_line": 2, "last_line": 1], gives: #""text":"two\n""#),
        Read("file_search", ["text": "ANSWER"], gives: #""path":"Sources/main.swift""#, #""line":1"#),
        Read("file_search", ["text": "ANSWER", "case_sensitive": true], gives: #""matches":[]"#),
        Read("file_search", ["text": "o", "files": "**/*.swift"], gives: #""matches":[]"#),
        Read("file_find", ["name": "MAIN"], gives: "Sources/main.swift"),
        Read("file_find", ["name": "Sources/main.swift"], gives: "Sources/main.swift"),
        Read("git_status", [:], gives: #""branch":"main""#, #""untracked":["new.txt"]"#),
        Read("git_log", [:], gives: #""subject":"Answer""#, #""subject":"Begin""#, #""more":false"#),
        Read("git_log", ["limit": 1], gives: #""more":true"#),
        Read("git_log", ["author": "two@example"], gives: #""author":"Author Two""#),
        Read("git_log", ["since": "2030-01-01"], gives: #""commits":[]"#),
        Read("git_log", ["range": "v1..main", "changes": true], gives: #""insertions":1"#),
        Read("git_show", ["ref": "HEAD"], gives: #""subject":"Answer""#, "+let answer = 42"),
        Read("git_diff", ["from": "v1", "to": "main"], gives: #""path":"Sources/main.swift""#, #""change":"added""#),
        Read("git_diff", [:], gives: #""from":"HEAD""#),
        Read("git_blame", ["path": "README.md"], gives: #""author":"Author One","lines":2"#),
        Read("git_blame", ["path": "README.md", "first_line": 2], gives: #""first_line":2"#),
        Read("git_branches", [:], gives: #""name":"main""#, #""head":true"#),
        Read("git_tags", [:], gives: #""name":"v1""#),
        Read("git_contributors", [:], gives: #""name":"Author One""#, #""commits":1"#),
    ])
    func `answers from the repository`(read: Read) async throws {
        let output = try await Workbench.make().call(read.tool, read.arguments).description
        for text in read.gives { #expect(output.contains(text), "\(output)") }
    }

    @Test func `gives no credential of a remote away`() async throws {
        let output = try await Workbench.make().call("git_remotes", [:]).description
        #expect(output.contains("example.org/acme/project.git"))
        #expect(!output.contains("secret"))
    }

    @Test(arguments: [
        Refusal("file_read", ["path": "../secret"], .invalidArguments, .outsideWorkspace),
        Refusal("file_read", ["path": "/etc/passwd"], .invalidArguments, .outsideWorkspace),
        Refusal("file_read", ["path": ".git/config"], .outsideWorkspace),
        Refusal("file_read", ["path": "Sources"], .failed),
        Refusal("file_read", ["path": "missing"], .notFound),
        Refusal("file_read", ["path": "a\u{0}b"], .invalidArguments),
        Refusal("file_list", ["path": ".."], .invalidArguments, .outsideWorkspace),
        Refusal("file_list", ["path": ".git"], .outsideWorkspace),
        Refusal("file_search", ["text": "x", "files": "[z-"], .invalidArguments),
        Refusal("git_log", ["range": "nothing"], .notFound, .invalidArguments),
        Refusal("git_log", ["range": "--all"], .notFound, .invalidArguments),
        Refusal("git_log", ["since": "last week"], .invalidArguments),
        Refusal("git_show", ["ref": "v9"], .notFound),
        Refusal("git_blame", ["path": "new.txt"], .notFound),
        Refusal("git_blame", ["path": "../x"], .notFound, .invalidArguments, .outsideWorkspace, .failed),
        Refusal("git_diff", ["from": "v1", "to": "v9"], .notFound),
    ])
    func `says in a sentence why it gives nothing`(refusal: Refusal) async throws {
        let bench = try await Workbench.make()
        let error = try await #require(throws: ToolError.self) {
            try await bench.call(refusal.tool, refusal.arguments)
        }
        #expect(refusal.kinds.contains(error.kind), "\(error)")
        #expect(error.message.count > 10)
    }
}

/// Arguments that pass the schema and are refused all the same.
struct Refusal: Sendable, CustomTestStringConvertible {
    let tool: String
    let arguments: JSON
    let kinds: [ToolError.Kind]
    var testDescription: String { "\(tool) \(arguments)" }

    init(_ tool: String, _ arguments: JSON, _ kinds: ToolError.Kind...) {
        self.tool = tool
        self.arguments = arguments
        self.kinds = kinds
    }
}
