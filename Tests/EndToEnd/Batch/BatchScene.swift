import FoundationEssentials
import Glibc
import JSON
import Postgres
import TestSupport

/// A folder of prompts, a scripted endpoint, a database of its own, and the program that works on them.
struct BatchScene: Sendable {
    let directory: TemporaryDirectory
    let endpoint: LoopbackChat
    /// How the tests reach what the program stores.
    let databaseURL: String
    var vocero: VoceroProgram

    static let model = "scripted"

    /// `prices`: US dollars for a million tokens, in and out.
    static func make(
        _ settings: LoopbackChat.Settings = LoopbackChat.Settings(), address: String = "127.0.0.1",
        prices: (input: Double, output: Double)? = nil, databaseURL: String? = nil, environment: [String: String] = [:]
    ) async throws -> BatchScene {
        var settings = settings
        settings.tariff.inputPrice = prices?.input ?? 0
        settings.tariff.outputPrice = prices?.output ?? 0
        let endpoint = try LoopbackChat(settings, address: address)
        let directory = try TemporaryDirectory(prefix: "batch")
        var url = databaseURL
        if url == nil { url = try await TestDatabase.make().connectionString }
        var variables = [
            "OPENAI_BASE_URL": endpoint.baseURL, "OPENAI_API_KEY": "test-key", "VOCERO_CHAT_MODEL": model,
            "DATABASE_URL": url ?? "",
            "VOCERO_CONFIG": try directory.write(
                "config",
                prices.map { "[price \"\(model)\"]\n\tinput = \($0.input)\n\toutput = \($0.output)\n" } ?? ""),
        ]
        variables.merge(environment) { _, own in own }
        let vocero = try await VoceroProgram.make(
            in: directory.path, keeping: [directory], environment: variables)
        try FileManager.default.createDirectory(atPath: directory.file("prompts"), withIntermediateDirectories: false)
        return BatchScene(directory: directory, endpoint: endpoint, databaseURL: url ?? "", vocero: vocero)
    }

    var prompts: String { directory.file("prompts") }
    var results: String { directory.file("prompts-results") }

    /// What a prompt says, so that the endpoint does these steps about it.
    static func prompt(_ name: String, _ steps: String = "ok") -> String {
        "Say what you are called. [item \(name): \(steps)]\n"
    }

    /// `NAME.md` in the folder, for each.
    func write(_ scripts: [(name: String, steps: String)]) throws {
        for (name, steps) in scripts { try directory.write("prompts/\(name).md", Self.prompt(name, steps)) }
    }

    /// `item-0001.md` and so on, which are all answered. The names, in order.
    @discardableResult
    func write(count: Int, steps: String = "ok") throws -> [String] {
        let width = String(count).count
        let names = (1...count).map { number in
            "item-" + String(repeating: "0", count: width - String(number).count) + String(number)
        }
        try write(names.map { ($0, steps) })
        return names
    }

    /// Runs `vocero batch` with these words.
    @discardableResult
    func batch(_ arguments: String..., input: VoceroProgram.Input = .nothing) async throws -> VoceroOutput {
        try await vocero.run(["batch"] + arguments, input: input)
    }

    /// Starts `vocero batch` with these words, to run beside the test.
    func start(_ arguments: [String], environment: [String: String] = [:]) async throws -> RunningBatch {
        var vocero = vocero
        vocero.environment.merge(environment) { _, own in own }
        return try await RunningBatch.start(vocero, ["batch"] + arguments)
    }

    // MARK: What came of it

    /// The lines of results.jsonl.
    func lines() throws -> [JSON] {
        try Self.lines(of: String(contentsOfFile: results + "/results.jsonl", encoding: .utf8))
    }

    static func lines(of text: String) throws -> [JSON] {
        try text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
    }

    /// The statuses of results.jsonl, by name.
    func statuses() throws -> [String: String] {
        Dictionary(
            try lines().map { ($0["name"]?.string ?? "?", $0["status"]?.string ?? "?") },
            uniquingKeysWith: { "\($0) and \($1)" })
    }

    func answer(_ name: String) -> String? { try? String(contentsOfFile: "\(results)/\(name).md", encoding: .utf8) }

    func report(_ name: String) throws -> JSON {
        try JSON(parsing: Array(String(contentsOfFile: "\(results)/\(name).json", encoding: .utf8).utf8))
    }

    /// Rows of the database.
    func rows(_ sql: String) async throws -> [PostgresRow] {
        let connection = try await PostgresConnection.connect(to: databaseURL)
        do {
            let rows = try await connection.run(PostgresStatement(sql)).rows
            await connection.close()
            return rows
        } catch {
            await connection.close()
            throw error
        }
    }

    func number(_ sql: String) async throws -> Double {
        try await rows("SELECT (\(sql))::float8 AS number").first?.double("number") ?? 0
    }

    /// Waits until the workers have heard of what was said before: each report brings its batch's state, and the signals
    /// that came before it.
    func waitUntilHeard() async throws {
        let beats = try await number("SELECT sum(beats) FROM batch_workers")
        let hasHeard = try await wait(until: "(SELECT sum(beats) >= \(beats + 2) FROM batch_workers)")
        if !hasHeard { throw CancellationError() }
    }

    /// Waits until a question to the database is answered with yes; false when that takes longer than a test should.
    func wait(until sql: String) async throws -> Bool {
        for _ in 0..<600 {
            // Before the program has made its tables there is nothing to ask, and before its batch no answer.
            let row = try? await rows("SELECT (\(sql)) IS TRUE AS yes").first
            if try row?.bool("yes") == true { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}

/// A command that runs beside the test; killed when nobody knows it any more.
final class RunningBatch: Sendable {
    let identifier: Int32
    private let task: Task<VoceroOutput, any Error>

    private init(identifier: Int32, task: Task<VoceroOutput, any Error>) {
        self.identifier = identifier
        self.task = task
    }

    /// `prefix`: a program that becomes vocero.
    static func start(
        _ vocero: VoceroProgram, _ arguments: [String], prefix: [String] = []
    ) async throws -> RunningBatch {
        let (identifiers, continuation) = AsyncStream.makeStream(of: Int32.self)
        let task = Task {
            defer { continuation.finish() }
            return try await vocero.run(arguments, through: prefix) { continuation.yield($0) }
        }
        for await identifier in identifiers { return RunningBatch(identifier: identifier, task: task) }
        _ = try await task.value
        throw CancellationError()
    }

    deinit {
        // A stopped process does not hear that it is to end.
        kill(identifier, SIGCONT)
        task.cancel()
    }

    func signal(_ number: Int32) { kill(identifier, number) }
    func interrupt() { signal(SIGINT) }

    /// When it has ended.
    var output: VoceroOutput {
        get async throws { try await task.value }
    }
}
