import Assistant
import JSON
import Synchronization
import Testing

@testable import Batch

/// Answers at once, and counts.
private final class QuickModel: ChatModel {
    let name = "quick"
    private let count = Atomic(0)

    var calls: Int { count.load(ordering: .relaxed) }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        count.add(1, ordering: .relaxed)
        return ChatResponse(text: "yes", model: name)
    }
}

/// A tool that takes its time.
private struct SlowTool: Tool {
    var takes = Duration.seconds(3600)
    var kind = EffectClass.readLocal
    /// Takes its time before there is anything to decide on.
    var isSlowToPrepare = false

    var declaration: ToolDeclaration {
        ToolDeclaration("slow", "Slow.", families: [], effect: kind, recovery: .opaque)
    }

    func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        if isSlowToPrepare { try await rest() }
        return PreparedCall(intent: arguments.json) { () async throws(ToolError) in
            try await rest()
            return ToolResult("done")
        }
    }

    func rest() async throws(ToolError) {
        do {
            try await Task.sleep(for: takes)
        } catch {
            throw ToolError(.cancelled, "Cancelled.")
        }
    }
}

struct `The time of an item` {
    private let clock = ItemClock(limit: .milliseconds(20))
    private let tool = SlowTool()

    private func call(_ tool: SlowTool, _ clock: ItemClock) async throws(ToolError) -> String {
        try await TimedTool(tool, clock: clock).prepare(Arguments()).perform().output
    }

    @Test(arguments: [false, true])
    func `stops a tool that hangs`(isSlowToPrepare: Bool) async throws {
        let error = await #expect(throws: ToolError.self) {
            try await call(SlowTool(isSlowToPrepare: isSlowToPrepare), clock)
        }
        #expect(error?.kind == .failed)
        #expect(error?.message.contains("took longer than") == true)
    }

    @Test func `leaves unknown what a tool has changed that was stopped`() async throws {
        let error = await #expect(throws: ToolError.self) {
            try await TimedTool(tool, clock: clock).timed(mayChange: true) { () async throws(ToolError) in
                try await tool.rest()
            }
        }
        #expect(error?.kind == .outcomeUnknown)
        #expect(error?.message.contains("took longer than") == true)
    }

    @Test(arguments: [ToolError.Kind.conflict, .outcomeUnknown])
    func `keeps a tool's own word for what it did before it was stopped`(kind: ToolError.Kind) async throws {
        let error = await #expect(throws: ToolError.self) {
            try await TimedTool(tool, clock: clock).timed(mayChange: true) { () async throws(ToolError) in
                try? await tool.rest()
                throw ToolError(kind, "Its own.")
            }
        }
        #expect(error == ToolError(kind, "Its own."))
    }

    @Test(arguments: [false, true])
    func `keeps what a tool has done although it came late`(mayChange: Bool) async throws {
        let done = try await TimedTool(tool, clock: clock).timed(mayChange: mayChange) { () async throws(ToolError) in
            try? await tool.rest()
            return "done"
        }
        #expect(done == "done")
        #expect(clock.isOver)
    }

    @Test func `begins no tool and sends no call when it is over`() async throws {
        _ = try? await TimedTool(tool, clock: clock).timed(mayChange: false) { () async throws(ToolError) in
            try await tool.rest()
        }
        let late = await #expect(throws: ToolError.self) { try await call(SlowTool(takes: .zero), clock) }
        #expect(late?.message.contains("was not begun") == true)
        let limiter = ConcurrencyLimiter()
        limiter.set(limit: 1)
        let model = QuickModel()
        let gated = LimitedModel(model, limiter: limiter, clock: clock)
        let error = await #expect(throws: EngineError.self) {
            try await gated.respond(to: ChatRequest(messages: [.user("x")], tools: [])) { _ in }
        }
        #expect(error?.kind == .timedOut)
        #expect(error?.message == "The item took longer than 0 seconds, and slow had not ended.")
        #expect(error?.mayHaveCost == false)
        #expect(!gated.hasCalled && model.calls == 0)
    }

    @Test func `counts once what runs beside each other`() async throws {
        let clock = ItemClock(limit: .seconds(60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await call(SlowTool(takes: .seconds(1)), clock) } }
            try await group.waitForAll()
        }
        #expect(!clock.isOver)
    }

    @Test func `passes an interruption on as one`() async throws {
        let clock = ItemClock(limit: .seconds(3600))
        let task = Task { try await call(SlowTool(kind: .writeLocal), clock) }
        task.cancel()
        let error = await #expect(throws: ToolError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }
}
