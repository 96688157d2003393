import Assistant
import JSON
import OpenAI
import Synchronization
import TestSupport
import Testing

struct `What endpoints really send` {
    /// Who asks.
    enum Way: String, CaseIterable { case ask, batch, hook }

    /// What has come of it.
    struct Ending {
        var answer: Answer
        var calls: [String]
        var heard: String
    }

    @Test(arguments: Deviation.all) func `comes to the same whoever asks`(row: Deviation) async throws {
        for way in Way.allCases where way != .batch || row.whole != nil {
            let ending = try await Self.ending(of: row, way)
            let answer = ending.answer
            let comment = Comment(
                rawValue: "\(way): \(row.source): \(answer.text ?? "nil") \(String(describing: answer.failure))")
            switch row.outcome {
            case .answer(let text):
                #expect(answer.state == .done, comment)
                #expect(answer.text == text, comment)
                if way != .batch { #expect(ending.heard == text || row.what.contains("from before"), comment) }
                if let usage = row.usage { #expect(answer.usage == usage, comment) }
            case .calls(let calls):
                #expect(ending.calls.sorted() == (way == .hook ? [] : calls.sorted()), comment)
                #expect(answer.text == "After it.", comment)
            case .written(let call):
                if way == .hook {
                    Self.expectNoAnswer(ending, comment)
                } else {
                    #expect(ending.calls == [call], comment)
                    #expect(answer.text == "After it." && answer.state == .done, comment)
                    #expect(way == .batch || ending.heard == "After it.", comment)
                }
            case .corrected:
                #expect(ending.calls.isEmpty, comment)
                if way == .hook {
                    Self.expectNoAnswer(ending, comment)
                } else {
                    #expect(answer.text == "After it." && answer.state == .done, comment)
                    #expect(!ending.heard.contains("arguments"), comment)
                }
            case .failure(let kind):
                #expect(answer.state == .failed && ending.calls.isEmpty, comment)
                guard case .engine(let error) = answer.failure else {
                    Issue.record(comment)
                    continue
                }
                #expect(error.kind == kind, comment)
            case .limited(let text):
                #expect(answer.state == .limited && ending.calls.isEmpty && answer.text == text, comment)
            }
        }
    }

    @Test func `is a table of many rows, each with its source`() {
        #expect(Deviation.all.count >= 80)
        #expect(Deviation.all.allSatisfy { !$0.source.isEmpty && !$0.what.isEmpty })
        print(
            "deviations: \(Deviation.all.count) rows, \(Deviation.all.filter { $0.source != "protocol" }.count) reported"
        )
    }

    private static func expectNoAnswer(_ ending: Ending, _ comment: Comment) {
        #expect(
            ending.answer.state == .failed && ending.answer.text == nil && !ending.heard.contains("git_log"), comment)
    }

    private static func ending(of row: Deviation, _ way: Way) async throws -> Ending {
        let repeats: Bool =
            switch row.outcome {
            case .calls, .written, .corrected: false
            default: true
            }
        let count = Mutex(0)
        let server = try LoopbackServer { request in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            if isFirst || repeats { return way == .batch ? row.whole ?? row.stream : row.stream }
            let event = #"{"choices":[{"delta":{"content":"After it."},"finish_reason":"stop"}]}"#
            return way == .batch
                ? Deviation.body(#"{"content":"After it."}"#, #""stop""#, "") : .events([event, "[DONE]"])
        }
        let tools = NotingTools()
        let heard = HeardText()
        let model = OpenAIChatModel(
            client: .quick(server.url + "/v1", attempts: 2), model: "m", streams: way != .batch)
        let agent = Agent(
            name: "assistant", summary: "Helps.", instructions: "Help.",
            families: way == .hook ? [] : [.fileReading, .results])
        let assistant = Assistant(
            model: model, roster: AgentRoster(orchestrator: agent, delegates: []),
            tools: way == .hook ? [] : tools.all, journal: NullJournal(), approver: AbsentApprover(), observer: heard)
        let answer = await assistant.handle(
            Request(text: "What was done?", mode: way == .ask ? .attended : way == .hook ? .hook : .unattended))
        return Ending(answer: answer, calls: tools.calls, heard: heard.text)
    }
}

/// Two tools that read, and what they were called with.
final class NotingTools: Sendable {
    private let noted = Mutex<[String]>([])

    var calls: [String] { noted.withLock { $0 } }

    var all: [any Tool] {
        let note: @Sendable (String) -> Void = { [self] call in noted.withLock { $0.append(call) } }
        return [
            NotingTool("git_log", parameters: [Parameter<Int?>("limit", "How many.")], note: note),
            NotingTool("file_read", parameters: [Parameter<String>("path", "Which.")], note: note),
        ]
    }
}

private struct NotingTool: Tool {
    let declaration: ToolDeclaration
    let note: @Sendable (String) -> Void

    init(_ name: String, parameters: [any ToolParameter], note: @escaping @Sendable (String) -> Void) {
        // One at a time and in their order.
        declaration = ToolDeclaration(
            reading: name, "Reads.", families: [.fileReading], parameters: parameters)
        self.note = note
    }

    func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let name = declaration.name
        note("\(name) \(arguments.json)")
        return PreparedCall(intent: arguments.json, subject: PolicySubject()) { () async throws(ToolError) in
            ToolResult("{}")
        }
    }
}

private final class HeardText: RunObserver {
    private let said = Mutex("")

    var text: String { said.withLock { $0 } }

    func observe(_ event: RunEvent) {
        if case .text(let text) = event { said.withLock { $0 += text } }
    }
}
