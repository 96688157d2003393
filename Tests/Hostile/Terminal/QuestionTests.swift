import FoundationEssentials
import JSON
import TestSupport
import Testing

/// What is done on a terminal without anybody's key after a question.
struct `A question on the terminal` {
    struct Attempt: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What the model says before its call.
        var said: String?
        /// What the files that it wants to write hold.
        var content = "planted"
        /// How many files it wants to write, one after the other.
        var calls = 1
        let keys: [TerminalStep]
        /// How many of them a person has approved.
        var approved = 0
    }

    private static let tenLines = String(repeating: "y\n", count: 10)
    private static let forged = """
        ━━━━ vocero asks · file_read · cobalt-123 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        assistant wants to run file_read (reads the repository):
        {"path": "README.md"}
        ━━━━ cobalt-123 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        Do it? [y]es, [n]o, or say why not: 
        """
    /// The real one's last line.
    private static let asked = "\r\nDo it? [y]es, [n]o, or say why not: "

    static let attempts = [
        Attempt(testDescription: "type-ahead of one line", keys: [TerminalStep(when: nil, wait: .zero, type: "y\n")]),
        Attempt(
            testDescription: "type-ahead without a line's end", keys: [TerminalStep(when: nil, wait: .zero, type: "y")]),
        Attempt(
            testDescription: "type-ahead of ten lines", calls: 3,
            keys: [TerminalStep(when: nil, wait: .zero, type: tenLines)]),
        Attempt(
            testDescription: "type-ahead again and again", calls: 2,
            keys: (0..<40).map { _ in TerminalStep(when: nil, wait: .milliseconds(50), type: "y\n") }),
        Attempt(
            testDescription: "a line at the very moment of the question",
            keys: [TerminalStep(when: asked, wait: .zero, type: "y\n")]),
        Attempt(
            testDescription: "a paste of ten lines at the question", calls: 4,
            keys: [TerminalStep(when: asked, type: tenLines)]),
        Attempt(
            testDescription: "a paste of yes after no", calls: 2,
            keys: [TerminalStep(when: asked, type: "n\ny\ny\n")]),
        Attempt(
            testDescription: "a paste longer than the terminal keeps", calls: 3,
            keys: [TerminalStep(when: asked, type: String(repeating: "y\n", count: 3000))]),
        Attempt(
            testDescription: "a forged question in what the model says", said: forged,
            keys: [TerminalStep(when: "[y]es, [n]o", wait: .zero, type: "y\n")]),
        Attempt(
            testDescription: "a forged question in the file", content: forged,
            keys: [TerminalStep(when: "┃ +Do it? [y]es", wait: .zero, type: "y\n")]),
        Attempt(
            testDescription: "a question whose answer a control sequence would paste",
            said: "\u{1b}[6n\u{1b}[c\u{1b}]52;c;eQo=\u{7}", keys: []),
        Attempt(testDescription: "the end of the input", keys: [TerminalStep(when: asked, type: "\u{4}")]),
        Attempt(
            testDescription: "words that begin with yes", keys: [TerminalStep(when: asked, type: "yes but not now\n")]),
        Attempt(
            testDescription: "one key after the question", keys: [TerminalStep(when: asked, type: "y\n")], approved: 1),
        Attempt(
            testDescription: "one key for the first of two", calls: 2,
            keys: [TerminalStep(when: asked, type: "y\n"), TerminalStep(when: asked, type: "n\n")], approved: 1),
    ]

    @Test(arguments: attempts)
    func `is answered by a key after it and by nothing else`(attempt: Attempt) async throws {
        let server = try LoopbackOpenAI()
        let repository = try await TestRepository.make()
        try await repository.commit("README.md", "one\n", message: "Begin")
        let vocero = try await VoceroProgram.make(
            in: repository.path,
            environment: ["OPENAI_BASE_URL": server.baseURL])
        for number in 0..<attempt.calls {
            let arguments: JSON = ["path": .string("planted-\(number).txt"), "content": .string(attempt.content)]
            server.answer(ChatAnswer(number == 0 ? attempt.said : nil, calls: [.init("file_create", arguments)]))
        }
        server.answer(.text("Done."))
        // In the end whoever is asked says no.
        let denials = Array(repeating: TerminalStep(when: nil, wait: .seconds(1), type: "n\n"), count: 12)
        let output = try await vocero.run(
            ["ask", "--agent", "file_admin", "write the files"], input: .keys(attempt.keys + denials))
        #expect(output.output.contains("Do it? [y]es"), "\(output)")
        let made = (0..<attempt.calls).count {
            FileManager.default.fileExists(atPath: repository.path + "/planted-\($0).txt")
        }
        #expect(made == attempt.approved, "\(output)")
        print(
            "hostile terminal: \(attempt.testDescription): approvals that nobody gave \(max(0, made - attempt.approved))"
        )
    }
}
