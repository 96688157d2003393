import Assistant
import BatchQueue
import Concurrency
import FoundationEssentials
import HTTP
import JSON
import Memory
import OpenAI
import Postgres
import Store
import Synchronization
import TestSupport

@testable import Batch

/// A batch in a database of its own, and an endpoint with a Batch API.
struct BatchAPIPlayground: Sendable {
    let database: TestDatabase
    let pool: PostgresPool
    let store: BatchStore
    let memory: MemoryStore
    let server: LoopbackBatchAPI
    let directory: TemporaryDirectory
    let batch: UUID
    let notices = Mutexed()
    var options = BatchAPIWorker.Options()
    var limitsMoney = false
    var maxOutputTokens: Int?

    final class Mutexed: Sendable {
        let said = Mutex<[String]>([])
    }

    static let prices = ModelPrices(["m": ModelPrices.Price(input: 100, cachedInput: 100, output: 200)])

    init(
        _ prompts: [String], options: [String: ItemOptions] = [:], maxCost: Double? = nil, server: LoopbackBatchAPI
    ) async throws {
        database = try await TestDatabase.make()
        let url = database.connectionString
        pool = PostgresPool(maxConnections: 6) { () async throws(PostgresError) in url }
        memory = MemoryStore(pool: pool, user: "one")
        try await StoreSchema(MemoryStore.migrations + BatchStore.migrations).migrate(pool)
        store = BatchStore(pool: pool, user: "one")
        self.server = server
        directory = try TemporaryDirectory()
        batch = try await store.open(name: "/prompts", output: nil, settings: [:], maxCost: maxCost).id
        limitsMoney = maxCost != nil
        self.options.firstWait = .milliseconds(5)
        self.options.longestWait = .milliseconds(20)
        self.options.patience = .seconds(20)
        try await add(prompts, options: options)
    }

    func add(_ prompts: [String], options: [String: ItemOptions] = [:]) async throws {
        let items = prompts.enumerated().map { index, prompt in
            NewBatchItem(
                name: "\(prompt)", hash: Array("\(prompt)".utf8), prompt: prompt,
                options: options[prompt] ?? ItemOptions(), estimate: nil)
        }
        _ = try await store.add(items, to: batch, reading: UUID(), mayRepeatNames: false)
    }

    /// Works as a process does that a person stops when a call has come in.
    func work(untilCalled call: String) async throws -> BatchEngine.Ending {
        let (stop, server) = (StopSignal(), server)
        async let isCalled = server.wait(for: call)
        async let ending = work(stop: stop)
        if await isCalled { stop.make() }
        return try await ending
    }

    /// Works as one process would.
    func work(
        baseURL: String? = nil, stop: StopSignal = StopSignal()
    ) async throws -> BatchEngine.Ending {
        let result = try await BatchWorker.join(batch, of: store) {
            (worker) async throws(StoreError) -> Result<BatchEngine.Ending, any Error> in
            do {
                return .success(try await remote(worker, baseURL, stop).run())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func remote(_ worker: BatchWorker, _ baseURL: String?, _ stop: StopSignal)
        -> BatchAPIWorker
    {
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: baseURL ?? server.baseURL, key: nil),
            http: HTTPClient(userAgent: "vocero-tests"), attempts: 2, firstWait: .milliseconds(2))
        let (maxOutputTokens, notices) = (maxOutputTokens, notices)
        let turns = BatchAPITurns(
            model: "m", prices: Self.prices, limitsMoney: limitsMoney, mostFailures: 3, memory: memory,
            journal: MemoryJournal(memory),
            redact: { $0.replacing("secret", with: "***") }
        ) { (prompt, options) async throws(UnsendableItem) in
            if prompt == "unsendable" { throw UnsendableItem(reason: "it cannot be sent") }
            return Request(
                text: prompt, source: .batch, mode: .unattended, agent: options.agent,
                limits: RunLimits(maxContextTokens: 0, maxOutputTokens: maxOutputTokens))
        }
        return BatchAPIWorker(
            worker: worker, store: store, client: client, turns: turns, directory: directory.path + "/lines",
            options: options, stop: stop,
            tell: { notice in notices.said.withLock { $0.append("\(notice)") } })
    }

    // MARK: What came of it

    var said: [String] { notices.said.withLock { $0 } }

    func items() async throws -> [StoredBatchItem] { try await store.items(of: batch, from: 0) }

    func states() async throws -> [String: BatchItemState] {
        Dictionary(try await items().map { ($0.name, $0.state) }, uniquingKeysWith: { first, _ in first })
    }

    func status() async throws -> BatchStatus {
        guard let status = try await store.status(batch) else { throw StoreError(.notFound, "gone") }
        return status
    }

    func number(_ sql: String) async throws -> Int {
        try await pool.run(PostgresStatement("SELECT (\(sql))::bigint AS number")).rows[0].int("number")
    }

    /// What a restart of the server does to those who are connected.
    func endConnections() async throws {
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        _ = try await connection.run(
            PostgresStatement(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """))
        await connection.close()
    }

    func text(_ sql: String, _ parameter: String) async throws -> String {
        try await pool.run(PostgresStatement("SELECT (\(sql)) AS text", [.text(parameter)])).rows[0].string("text")
    }

    /// As it must be when everything has ended: counters that fit, nothing reserved, every turn journaled once.
    func isSettled() async throws -> Bool {
        let status = try await status()
        let items = try await items()
        let counts = BatchItemState.allCases.allSatisfy { state in items.count { $0.state == state } == status[state] }
        let runs = try await number("SELECT count(*) FROM runs WHERE state = 'done'")
        let done = items.filter { $0.state == .done }
        let cost = items.compactMap(\.cost).reduce(0, +)
        return counts && abs(status.reserved) < 1e-9 && runs == done.count && Set(done.map(\.run)).count == done.count
            && abs(cost - status.spent) < 1e-9
    }
}
