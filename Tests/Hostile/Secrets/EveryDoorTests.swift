import FoundationEssentials
import JSON
import Postgres
import TestSupport
import Testing

/// Secrets of every kind through the program itself: as files that come along, in a batch, in what was said, and what is
/// kept of all that.
struct `A secret that is given to the program` {
    @Test func `reaches no request, no answer, no database, no result and no file of the program's`() async throws {
        let server = try LoopbackOpenAI(chat: { body in
            let said = (body["messages"]?.array ?? []).compactMap { $0["content"]?.string }.joined(separator: "\n")
            return .text("I was told: " + said)
        })
        let database = try await TestDatabase.make()
        let directory = try TemporaryDirectory(prefix: "vocero-doors")
        let vocero = try await VoceroProgram.make(
            in: directory.path, keeping: [directory], database: database,
            environment: [
                "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "key-of-a-test", "PGPASSWORD": Self.password,
            ])
        let files = PlantedSecrets.all
        for (number, file) in files.enumerated() {
            try directory.write(
                "prompts/kind\(number).md", "what is this?\n" + file.lines.joined(separator: "\n") + "\n")
            try directory.write("files/kind\(number).txt", file.lines.joined(separator: "\n") + "\n")
        }
        try directory.write("files/known.txt", "It is \(Self.password) and \(Self.password.dropFirst(3)), I think.\n")
        let batch = try await vocero.run(["batch", "run", "prompts", "--concurrency", "16"])
        #expect(batch.status == 0, "\(batch.error.suffix(2000))")
        var shown = batch.output + batch.error
        for start in stride(from: 0, to: files.count, by: 40) {
            let names = (start..<min(files.count, start + 40)).flatMap { ["--file", "files/kind\($0).txt"] }
            let output = try await vocero.run(["ask", "-v", "read them"] + names + ["--file", "files/known.txt"])
            #expect(output.status == 0, "\(output.error.suffix(2000))")
            shown += output.output + output.error
        }
        let kept = try await vocero.shell(
            "cat prompts-results/* 2>/dev/null; find prompts-results \"$VOCERO_HOME\" -type f -exec cat {} + | tr -d '\\0'"
        )
        var ways = [("shown", shown), ("kept", kept.output)]
        for request in server.bodies("/chat/completions") {
            ways.append(
                (
                    "request",
                    (request["messages"]?.array ?? []).compactMap { $0["content"]?.string }.joined(separator: "\n")
                ))
        }
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        let tables = [
            "chat_sessions", "messages", "runs", "steps", "tool_calls", "artifacts", "batches", "batch_items",
        ]
        for table in tables {
            let rows = try await connection.run(PostgresStatement("SELECT t::text AS row FROM \(table) AS t", []))
            ways.append((table, rows.rows.map { "\($0)" }.joined(separator: "\n")))
        }
        await connection.close()
        let around = files.flatMap(\.lines).joined(separator: "\n")
        let pieces = SecretPieces(files.flatMap(\.secrets) + [Self.password], in: around, length: 12)
        let escapes = ways.flatMap { way, text in pieces.found(in: text).map { "\(way): \($0)" } }
        print(
            "hostile secrets: \(Set(files.map(\.kind)).count) kinds by attachment, batch, result, database and log, "
                + "\(ways.count) texts, escapes \(escapes.count)")
        #expect(escapes.isEmpty, "\(Set(escapes).sorted().prefix(30).joined(separator: "\n"))")
    }

    /// What nothing but its being known makes secret.
    private static let password = "plain-words-of-a-database"
}
