import Assistant
import Foundation
import Git
import Redaction
import Synchronization
import TestSupport
import Testing

@testable import Hooks

/// Keeps the steps of runs.
private final class StepJournal: Journal {
    private let kept = Mutex<[StepRecord]>([])
    private let unkept = NullJournal()

    var steps: [StepRecord] { kept.withLock { $0 }.sorted { $0.index < $1.index } }

    func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun { try await unkept.begin(opening) }
    func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(JournalError) -> RecalledContext { RecalledContext() }
    func record(step: StepRecord) async throws(JournalError) { kept.withLock { $0.append(step) } }
    func record(call: ToolCallRecord) async throws(JournalError) {}
    func beginChild(_ child: ChildRunOpening) async throws(JournalError) {}
    func finish(_ closing: RunClosing) async throws(JournalError) {}
}

struct `A draft for a large change` {
    private let journal = StepJournal()
    private let model = PartsModelDouble()

    /// Answers parts and the joining call, each with its cost.
    private final class PartsModelDouble: ChatModel {
        let name = "gpt-4.1-mini"
        private let count = Mutex(0)

        var calls: Int { count.withLock { $0 } }

        func respond(
            to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
        ) async throws(EngineError) -> ChatResponse {
            count.withLock { $0 += 1 }
            let isPart = "\(request.messages)".contains("one part of a larger change")
            return ChatResponse(
                text: isPart ? "SUMMARY" : "Add six files", usage: Usage(inputTokens: 1_000, outputTokens: 10),
                model: name)
        }
    }

    /// How many parts the change makes, and its draft.
    private func draft(_ limits: RunLimits) async throws -> (parts: Int, draft: DraftOutcome) {
        let test = try await TestRepository.make()
        try await test.commit("readme", "x\n", message: "Describe the project")
        for file in 0..<6 {
            try test.write("file\(file).swift", (0..<60).map { "let value\(file)x\($0) = \($0)\n" }.joined())
        }
        try await test.git("add", "-A")
        let context = HookContext(
            repository: try await Repository.open(test.path), repositoryName: "project", redactor: SecretRedactor(),
            model: model, journal: journal, limits: limits, tokensPerCall: 1_000,
            deadline: HookDeadline(total: .seconds(20)))
        let plan = PayloadPlan(try await context.reading.read(.staged), tokensPerCall: context.tokensPerCall)
        return (plan.parts.count, try #require(try await Drafting(context).draft(.staged)))
    }

    @Test func `stores a step for each part and one for the draft, each with its use and cost`() async throws {
        let (parts, draft) = try await draft(RunLimits())
        #expect(parts > 1)
        #expect(draft.text == "Add six files")
        #expect(journal.steps.map(\.index) == Array(0...parts))
        #expect(model.calls == parts + 1)
        #expect(journal.steps.allSatisfy { $0.response.usage.inputTokens == 1_000 && ($0.costInUSD ?? 0) > 0 })
        #expect(Set(journal.steps.map(\.run)) == [try #require(draft.answer).run])
        #expect(draft.answer?.usage.inputTokens == (parts + 1) * 1_000)
        let requests = journal.steps.map(\.request)
        #expect(Set(requests).count == parts + 1)
        #expect(requests.last.map { "\($0)".contains("SUMMARY") } == true)
    }

    @Test(arguments: 1...3)
    func `is the digest when the steps are too few, and no more calls are made than these`(steps: Int) async throws {
        let (parts, draft) = try await draft(RunLimits(maxSteps: steps))
        #expect(parts >= steps)
        #expect(model.calls <= steps)
        #expect(journal.steps.isEmpty)
        #expect(draft.origin == .digest(.failed("the limit of \(steps) model calls is reached")))
        #expect(draft.complaint?.contains("the limit of \(steps) model calls is reached") == true)
    }

    @Test func `is the digest when the tokens are used up before it`() async throws {
        let (parts, draft) = try await draft(RunLimits(maxTokens: 2_000))
        #expect(model.calls == parts)
        #expect(journal.steps.count == parts)
        #expect(draft.complaint?.contains("the limit of 2000 tokens is reached") == true)
    }
}
