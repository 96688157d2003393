import Assistant
import FoundationEssentials
import JSON
import Postgres
import Retrieval
import Store
import Synchronization
import TestSupport

@testable import Memory

/// A user's own memory in the database that the tests of this module share: nothing of another user is seen.
struct MemoryFixture {
    let store: MemoryStore
    let user: String
    let pool: PostgresPool
    let connectionString: String
    let isDown: DownSwitch

    static func make(
        embedder: (any Embedder)? = nil, options: MemoryStore.Options = MemoryStore.Options(),
        redact: @escaping @Sendable (String) -> String = { $0 },
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> MemoryFixture {
        let user = "user-" + UUID().uuidString.lowercased()
        let connectionString = try await SharedDatabase.connectionString() + " application_name=\(user)"
        let isDown = DownSwitch()
        let pool = PostgresPool(maxConnections: 4) { () async throws(PostgresError) in
            if isDown.isOn { throw PostgresError(.connection, message: "The server is down.") }
            return connectionString
        }
        let store = MemoryStore(
            pool: pool, user: user, embedder: embedder, options: options, redact: redact, notice: notice)
        return MemoryFixture(
            store: store, user: user, pool: pool, connectionString: connectionString, isDown: isDown)
    }

    /// Another process's store of the same user.
    func another(embedder: (any Embedder)? = nil) -> MemoryStore {
        let connectionString = connectionString
        return MemoryStore(
            pool: PostgresPool(maxConnections: 2) { () async throws(PostgresError) in connectionString }, user: user,
            embedder: embedder)
    }

    /// Ends every connection of this memory and lets no new one in.
    func takeDown() async throws {
        isDown.set(true)
        let admin = try await PostgresConnection.connect(to: try await SharedDatabase.connectionString())
        try await admin.run(
            PostgresStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = left($1::text, 63)",
                [.text(user)]))
        await admin.close()
    }

    /// Runs SQL beside the store and gives the rows' values.
    @discardableResult
    func sql(_ sql: String, _ parameters: [PostgresValue] = []) async throws -> [[PostgresValue]] {
        try await pool.withConnection { connection async throws(PostgresError) in
            try await connection.run(PostgresStatement(sql, parameters)).rows.map(\.values)
        }
    }

    /// One finished turn: question and answer, with their embeddings when there is an embedder.
    @discardableResult
    func turn(
        _ question: String, _ answer: String, session: SessionSelection = .key("main"),
        repository: String? = "acme/app",
        at date: Date = .now, in store: MemoryStore? = nil, embedder: (any Embedder)? = nil
    ) async throws -> OpenedRun {
        let store = store ?? self.store
        let opened = try await store.begin(.example(question, session: session, repository: repository, at: date))
        try await store.finish(.example(opened.run, answer: answer, at: date.addingTimeInterval(0.5)))
        if let embedder { try await EmbeddingFiller(store: store, embedder: embedder).fill(run: opened.run) }
        return opened
    }
}

final class DownSwitch: Sendable {
    private let state = Mutex(false)
    var isOn: Bool { state.withLock { $0 } }
    func set(_ value: Bool) { state.withLock { $0 = value } }
}

/// One migrated database for this module's tests.
private enum SharedDatabase {
    private static let making = Task {
        let database = try await TestDatabase.make()
        let pool = PostgresPool { () async throws(PostgresError) in database.connectionString }
        try await StoreSchema(MemoryStore.migrations).migrate(pool)
        await pool.close()
        return database
    }

    static func connectionString() async throws -> String { try await making.value.connectionString }
}

extension RunOpening {
    static func example(
        _ text: String = "what changed?", run: RunID = .make(), session: SessionSelection = .key("main"),
        repository: String? = "acme/app", at date: Date = .now
    ) -> RunOpening {
        RunOpening(
            run: run, messageID: UUID(), text: text, source: .text, mode: .attended, agent: "assistant",
            session: session, repository: repository, model: "planner", limits: RunLimits(maxCostInUSD: 0.5),
            startedAt: date)
    }
}

extension RunClosing {
    static func example(
        _ run: RunID, answer: String? = "nothing", state: RunState = .done, at date: Date = .now
    ) -> RunClosing {
        RunClosing(
            run: run, state: state, messageID: UUID(), answer: answer,
            usage: Usage(inputTokens: 10, cachedInputTokens: 4, outputTokens: 5), costInUSD: 0.25, reason: nil,
            endedAt: date)
    }
}

extension StepRecord {
    static func example(
        _ run: RunID, _ index: Int = 0, messages: [ChatMessage] = [.user("what changed?")],
        calls: [ToolCall] = [ToolCall(id: "c0", name: "git_log", arguments: #"{"n":3}"#)]
    ) -> StepRecord {
        StepRecord(
            run: run, index: index,
            request: ChatRequest(
                messages: messages, tools: [ToolDescription(name: "git_log", summary: "Lists commits", parameters: [:])]
            ),
            response: ChatResponse(
                text: nil, calls: calls, finishReason: "tool_calls", usage: Usage(inputTokens: 7, outputTokens: 2),
                model: "planner", requestID: "req_1"),
            costInUSD: 0.1, startedAt: .now, endedAt: .now)
    }
}

extension ToolCallRecord {
    static func example(
        _ run: RunID, step: Int = 0, _ state: ToolCallState, output: String? = nil, effect: EffectClass = .readLocal,
        arguments: String = #"{"n":3}"#
    ) -> ToolCallRecord {
        ToolCallRecord(
            run: run, step: step, index: 0, call: ToolCall(id: "c0", name: "git_log", arguments: arguments),
            effect: effect, recovery: .read, intent: state == .executing ? ["n": 3] : nil, state: state,
            output: output, undo: nil, at: .now)
    }
}
