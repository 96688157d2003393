import Assistant
import FoundationEssentials
import JSON
import Memory
import Postgres
import Store
import Synchronization
import Testing
import TestSupport

/// Answers differently each time, and counts.
private final class PaidModel: ChatModel {
    let name = "planner"
    private let count = Mutex(0)

    var calls: Int { count.withLock { $0 } }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return ChatResponse(
            text: "answer \(number)", usage: Usage(inputTokens: 3, outputTokens: 2), model: name)
    }
}

struct `An earlier attempt at an item` {
    private let batch = UUID()

    private func store() async throws -> (MemoryStore, TestDatabase) {
        let database = try await TestDatabase.make()
        let url = database.connectionString
        let pool = PostgresPool(maxConnections: 2) { () async throws(PostgresError) in url }
        let store = MemoryStore(pool: pool, user: "one")
        try await StoreSchema(MemoryStore.migrations).migrate(pool)
        return (store, database)
    }

    private func begin(_ store: MemoryStore, attempt: Int, text: String = "what changed?") async throws -> RunID {
        let run = RunID.attempt(attempt, atItem: 7, of: batch)
        _ = try await store.begin(.example(text, run: run, session: .new))
        return run
    }

    private func earlier(
        _ store: MemoryStore, before attempt: Int, since first: Int = 1
    ) async throws -> EarlierAttempt? {
        try await store.earlierAttempt(
            before: attempt, since: first, atItem: 7, of: batch, asking: "what changed?")
    }

    /// Of an attempt that was cut off; nil when another was found, or none.
    private func answers(_ store: MemoryStore, before attempt: Int) async throws -> ReplayedAnswers? {
        guard case .cutOff(let answers) = try await earlier(store, before: attempt) else { return nil }
        return answers
    }

    private func expectNothing(_ store: MemoryStore, before attempt: Int, since first: Int = 1) async throws {
        guard try await earlier(store, before: attempt, since: first) != nil else { return }
        Issue.record("an attempt of no use was found")
    }

    @Test func `is nothing when none was stored`() async throws {
        let (store, database) = try await store()
        try await expectNothing(store, before: 5)
        withExtendedLifetime(database) {}
    }

    @Test func `gives its answer when only the queue did not hear of it`() async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.finish(.example(run, answer: "this"))
        guard case .ended(let found) = try await earlier(store, before: 3) else {
            Issue.record("the answer was not found")
            return
        }
        #expect(found.messages.map(\.content) == ["what changed?", "this"])
        withExtendedLifetime(database) {}
    }

    @Test func `gives answers that were paid for, to the same questions only`() async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.record(step: .example(run, calls: []))
        let answers = try #require(try await answers(store, before: 2), "nothing to use again was found")
        let paid = PaidModel()
        let model = store.replaying(answers, over: paid)
        let same = try await model.respond(to: StepRecord.example(run).request) { _ in }
        #expect(same.requestID == "req_1")
        #expect(same.usage.totalTokens == 9)
        #expect(paid.calls == 0)
        let other = try await model.respond(to: ChatRequest(messages: [.user("else")], tools: [])) { _ in }
        #expect(other.text == "answer 1")
        withExtendedLifetime(database) {}
    }

    @Test func `is found however many claims have come to nothing since`() async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.finish(.example(run, answer: "this"))
        guard case .ended = try await earlier(store, before: 3_000) else {
            Issue.record("the answer was not found")
            return
        }
        withExtendedLifetime(database) {}
    }

    @Test func `is not repeated when it had begun to change something`() async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.record(step: .example(run))
        try await store.record(call: .example(run, .executing, effect: .writeLocal))
        guard case .hadEffects(let found) = try await earlier(store, before: 2) else {
            Issue.record("the effect was not seen")
            return
        }
        #expect(found == run)
        withExtendedLifetime(database) {}
    }

    @Test func `does not give the answer again that was no good`() async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.record(step: .example(run, calls: []))
        try await store.finish(.example(run, answer: nil, state: .failed))
        let answers = try #require(try await answers(store, before: 2), "nothing to use again was found")
        let paid = PaidModel()
        _ = try await store.replaying(answers, over: paid).respond(to: StepRecord.example(run).request) { _ in }
        #expect(paid.calls == 1)
        withExtendedLifetime(database) {}
    }

    @Test(arguments: [RunState.failed, .limited, .interrupted])
    func `gives its answers when it ended without one, as paid for`(state: RunState) async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.record(step: .example(run))
        try await store.finish(.example(run, answer: nil, state: state))
        let answers = try #require(try await answers(store, before: 2), "nothing to use again was found")
        let paid = PaidModel()
        let model = store.replaying(answers, over: paid)
        let same = try await model.respond(to: StepRecord.example(run).request) { _ in }
        #expect(same.requestID == "req_1" && same.usage.totalTokens == 0 && paid.calls == 0)
        withExtendedLifetime(database) {}
    }

    @Test(arguments: [RunState.failed, .limited, .interrupted])
    func `is not repeated when it changed something and ended without an answer`(state: RunState) async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 1)
        try await store.record(step: .example(run))
        try await store.record(call: .example(run, .succeeded, effect: .writeLocal))
        try await store.finish(.example(run, answer: nil, state: state))
        guard case .hadEffects = try await earlier(store, before: 2) else {
            Issue.record("the effect was not seen")
            return
        }
        withExtendedLifetime(database) {}
    }

    @Test func `is of no use when it asked something else`() async throws {
        let (store, database) = try await store()
        let other = try await begin(store, attempt: 4, text: "something else")
        try await store.finish(.example(other))
        try await expectNothing(store, before: 5)
        withExtendedLifetime(database) {}
    }

    @Test(arguments: [RunState.done, .parked, .running, .failed])
    func `is of no use when the item was changed or put back since`(state: RunState) async throws {
        let (store, database) = try await store()
        let run = try await begin(store, attempt: 2)
        try await store.record(step: .example(run))
        try await store.record(call: .example(run, .succeeded, effect: .writeLocal))
        if state != .running { try await store.finish(.example(run, state: state)) }
        try await expectNothing(store, before: 3, since: 3)
        withExtendedLifetime(database) {}
    }

    @Test func `has a run of its own, in the order of items`() {
        var seen: Set<RunID> = []
        var last = ""
        for position in [0, 1, 2, 255, 256, 65_535, 65_536, 100_000_000, 1 << 40] {
            for attempt in [1, 2, 300] {
                let run = RunID.attempt(attempt, atItem: position, of: batch)
                #expect(seen.insert(run).inserted)
                #expect(run.description > last)
                last = run.description
                let version = run.description.dropFirst(14).prefix(1)
                let variant = run.description.dropFirst(19).prefix(1)
                #expect(version == "8" && "89ab".contains(variant))
            }
        }
    }
}
