import Batch
import BatchQueue
import Testing
import TestSupport

/// Front matter that is read, and what of it.
private let readable: [(name: String, text: String, prompt: String, options: ItemOptions)] = [
    ("none", "Ask\n", "Ask\n", options()),
    ("empty", "---\n---\nAsk", "Ask", options()),
    ("ended by dots", "---\nmodel: m\n...\nAsk", "Ask", options { $0.model = "m" }),
    ("CRLF", "---\r\nmodel: m\r\n---\r\n\r\nAsk\r\n", "Ask\r\n", options { $0.model = "m" }),
    ("byte order mark", "\u{feff}---\nmodel: m\n---\nAsk", "Ask", options { $0.model = "m" }),
    ("blank lines before the prompt", "---\nmodel: m\n---\n\n \t\n  Ask", "  Ask", options { $0.model = "m" }),
    ("a line inside the prompt", "---\n---\nAsk\n---\nmodel: m\n---\n", "Ask\n---\nmodel: m\n---\n", options()),
    ("a rule later on", "Ask\n---\nmore", "Ask\n---\nmore", options()),
    ("a longer rule is no mark", "----\nAsk", "----\nAsk", options()),
    (
        "comments", "---\n# c\nmodel: m # c\n  # c\nagent: a#b\n---\nAsk", "Ask",
        options {
            $0.model = "m"; $0.agent = "a#b"
        }
    ),
    (
        "double quotes", #"---\#nmodel: "a \"b\" \\ \u00e9 # c: d" # e\#n---\#nAsk"#, "Ask",
        options { $0.model = "a \"b\" \\ é # c: d" }
    ),
    ("single quotes", "---\nmodel: 'it''s: #1'\n---\nAsk", "Ask", options { $0.model = "it's: #1" }),
    ("a number as a name", "---\nsession: 007\n---\nAsk", "Ask", options { $0.session = "007" }),
    ("a URL", "---\nrepository: https://host/x.git\n---\nAsk", "Ask", options { $0.repository = "https://host/x.git" }),
    ("null", "---\nmodel:\nagent: ~\nsession: null\npolicy: # later\n---\nAsk", "Ask", options()),
    (
        "limits by name", "---\nmax_steps: 3\nmax-tokens: 4000\ncost: .5\nseconds: 60\n---\nAsk", "Ask",
        options {
            $0.maxSteps = 3; $0.maxTokens = 4000; $0.maxCost = 0.5; $0.maxSeconds = 60
        }
    ),
    (
        "limits below a key", "---\nlimits:\n  steps: 3\n  # c\n  max_cost: 1e-2\nagent: a\n---\nAsk", "Ask",
        options {
            $0.maxSteps = 3; $0.maxCost = 0.01; $0.agent = "a"
        }
    ),
    ("limits with full stops", "---\nlimits.steps: 3\n---\nAsk", "Ask", options { $0.maxSteps = 3 }),
    (
        "every text", "---\nagent: a\nsession: s\nrepository: r\nmodel: m\npolicy: p\n---\nAsk", "Ask",
        options {
            $0.agent = "a"; $0.session = "s"; $0.repository = "r"; $0.model = "m"; $0.policy = "p"
        }
    ),
]

private func options(_ change: (inout ItemOptions) -> Void = { _ in }) -> ItemOptions {
    var options = ItemOptions()
    change(&options)
    return options
}

/// Front matter that is refused: the line, and a word of why.
private let refused: [(name: String, text: String, line: Int?, word: String)] = [
    ("no end", "---\nmodel: m\nAsk", 1, "no end"),
    ("only the beginning", "---", 1, "no end"),
    ("an unknown key", "---\nmodel: m\ntitle: T\n---\nAsk", 3, "known are agent, session"),
    ("a key twice", "---\nmodel: m\nmodel: n\n---\nAsk", 3, "already"),
    ("a limit twice", "---\nsteps: 1\nlimits:\n  steps: 2\n---\nAsk", 4, "already"),
    ("a key that only looks like one", "---\nmax_agent: a\n---\nAsk", 2, "unknown"),
    ("an unknown limit", "---\nlimits:\n  agent: a\n---\nAsk", 3, "unknown"),
    ("an anchor", "---\nmodel: &a m\n---\nAsk", 2, "anchors"),
    ("an alias", "---\nmodel: *a\n---\nAsk", 2, "anchors"),
    ("a merge key", "---\n<<: *a\n---\nAsk", 2, "key"),
    ("a tag", "---\nmodel: !!str m\n---\nAsk", 2, "tags"),
    ("a block text", "---\nmodel: |\n  m\n---\nAsk", 2, "several lines"),
    ("a folded text", "---\nmodel: >-\n  m\n---\nAsk", 2, "several lines"),
    ("a value over two lines", "---\nmodel: m\n  n\n---\nAsk", 3, "indented"),
    ("an object in braces", "---\nlimits: {steps: 1}\n---\nAsk", 2, "braces"),
    ("a nested object", "---\nmodel:\n  a: b\n---\nAsk", 3, "nested"),
    ("two levels below limits", "---\nlimits:\n  steps:\n    a: 1\n---\nAsk", 4, "indented"),
    ("a list", "---\nmodel: [a, 'b', \"c\"]\n---\nAsk", 2, "a list"),
    ("a list of lines", "---\nmodel:\n  - a\n  - 'b'\n---\nAsk", 2, "a list"),
    ("a list at the margin", "---\nmodel:\n- a\n- b\n---\nAsk", 2, "a list"),
    ("a list without a key", "---\n- a\n---\nAsk", 2, "key"),
    ("a list in a list", "---\nmodel:\n  - [a]\n---\nAsk", 3, "lists in lists"),
    ("a list in brackets in another", "---\nmodel: [a, [b]]\n---\nAsk", 2, "lists in lists"),
    ("a list without its end", "---\nmodel: [a, b\n---\nAsk", 2, "list"),
    ("a list on the key's line", "---\nmodel: - a\n---\nAsk", 2, "list"),
    ("the crash of a library", "---\n? [a]\n: c\n---\nAsk", 2, "key"),
    ("a quote without its end", "---\nmodel: \"m\n---\nAsk", 2, "closing"),
    ("a single quote without its end", "---\nmodel: 'm\n---\nAsk", 2, "closing"),
    ("text after a quote", "---\nmodel: \"m\" n\n---\nAsk", 2, "follows"),
    ("a bad escape", "---\nmodel: \"\\q\"\n---\nAsk", 2, "escape"),
    ("half a surrogate", "---\nmodel: \"\\ud800\"\n---\nAsk", 2, "escape"),
    ("an escaped NUL", "---\nmodel: \"a\\x00\"\n---\nAsk", 2, "control"),
    ("a key in a value", "---\nmodel: a: b\n---\nAsk", 2, "quotes"),
    ("no space after the colon", "---\nmodel:m\n---\nAsk", 2, "colon"),
    ("no colon", "---\nmodel\n---\nAsk", 2, "colon"),
    ("a tab", "---\nlimits:\n\tsteps: 1\n---\nAsk", 3, "tab"),
    ("a control character", "---\nmodel: a\u{1b}[31m\n---\nAsk", 2, "control"),
    ("a boolean as a name", "---\nagent: true\n---\nAsk", 2, "a text"),
    ("an empty name", "---\nagent: ''\n---\nAsk", 2, "not empty"),
    ("a long name", "---\nagent: \(String(repeating: "a", count: 2000))\n---\nAsk", 2, "1024"),
    ("no steps", "---\nsteps: 0\n---\nAsk", 2, "from 1"),
    ("steps below none", "---\nsteps: -3\n---\nAsk", 2, "from 1"),
    ("half a step", "---\nsteps: 1.5\n---\nAsk", 2, "from 1"),
    ("too many tokens", "---\ntokens: 99999999999999999999\n---\nAsk", 2, "from 1"),
    ("a text as number", "---\nsteps: \"3\"\n---\nAsk", 2, "whole number"),
    ("no cost", "---\ncost: 0\n---\nAsk", 2, "dollars"),
    ("endless cost", "---\ncost: 1e999\n---\nAsk", 2, "dollars"),
    ("a cost that is no number", "---\ncost: .nan\n---\nAsk", 2, "dollars"),
    ("limits without keys", "---\nlimits: 3\n---\nAsk", 2, "limits"),
    ("no prompt after it", "---\nmodel: m\n---\n \n\n", nil, "no prompt"),
    ("two heads", "---\nmodel: m\n--- x\n---\nAsk", 3, "key"),
]

struct `Front matter` {
    @Test(arguments: readable.indices)
    func `says what the prompt asks for`(index: Int) async throws {
        let row = readable[index]
        let prompt = try #require(try await found(file: Array(row.text.utf8))?.prompt, "\(row.name)")
        #expect(prompt.text == row.prompt, "\(row.name)")
        #expect(prompt.options == row.options, "\(row.name)")
    }

    @Test(arguments: refused.indices)
    func `outside of what is read is refused by line`(index: Int) async throws {
        let row = refused[index]
        let problem = try #require(try await found(file: Array(row.text.utf8))?.problem, "\(row.name)")
        #expect(problem.line == row.line, "\(row.name): \(problem.message)")
        #expect(problem.message.contains(row.word), "\(row.name): \(problem.message)")
    }

    @Test func `of ten thousand random kinds ends with a prompt or a problem`() async throws {
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "---\n", "...\n", "model", "limits", ":", " ", "\n", "- ", "[", "]", "{", "\"", "'", "\\", "#", "é", "\t",
            "? ",
            "&a", "*a", "1", "steps: 1\n", "\u{0}", "|",
        ]
        let directory = try TemporaryDirectory()
        let count = 10_000
        let lines = (0..<count).map { _ in
            "---\n" + (0..<Int.random(in: 1...12, using: &generator)).map { _ in pieces.randomElement() ?? "" }.joined()
        }
        // One folder for all: a directory each would be slow.
        for (index, text) in lines.enumerated() { try directory.write("\(index).md", text) }
        let all = try await found(in: directory)
        print("random front matter: \(count), prompts \(all.prompts.count), problems \(all.problems.count)")
        #expect(all.count == count)
    }
}
