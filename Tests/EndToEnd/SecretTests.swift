import JSON
import Postgres
import TestSupport
import Testing

struct `Secrets` {
    static let token = "ghp_" + "Zq7Rk2Vx9Lm4Tn8Ws3Yb6Cd1Fg5Hj0Kp2Qr"
    static let password = "correct-horse-battery"

    @Test func `in a file and in a request reach neither the model nor the database`() async throws {
        let server = try LoopbackOpenAI()
        server.answer(
            .call("file_read", ["path": "deploy.env"]), .call("file_search", ["text": "GITHUB_TOKEN"]),
            .text("It holds \(Self.token)."))
        let database = try await TestDatabase.make()
        let project = try await Project.make(database: database, environment: ["OPENAI_BASE_URL": server.baseURL])
        try project.repository.write(
            "deploy.env", "GITHUB_TOKEN=\(Self.token)\nDATABASE_URL=postgresql://app:\(Self.password)@db/app\n")
        let output = try await project.vocero(
            "ask", "--agent", "file_admin", "is \(Self.token) the token of postgresql://app:\(Self.password)@db/app?")
        #expect(output.status == 0, "\(output)")
        #expect(server.bodies("/chat/completions").count == 3)
        for request in server.requests {
            #expect(!request.text.contains(Self.token) && !request.text.contains(Self.password))
        }
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        for table in ["chat_sessions", "messages", "runs", "steps", "tool_calls", "artifacts"] {
            let found = try await connection.run(
                PostgresStatement("SELECT t::text AS row FROM \(table) AS t WHERE t::text ~ $1", [.text(Self.pattern)]))
            #expect(found.rows.isEmpty, "\(table)")
        }
        await connection.close()
    }

    @Test func `of the surroundings are not given away by a file that repeats them`() async throws {
        let key = "plain-key-without-any-known-shape"
        let server = try LoopbackOpenAI(key: key)
        server.answer(.call("file_read", ["path": "copied.txt"]), .text("Read."))
        let project = try await Project.make(environment: [
            "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": key,
        ])
        try project.repository.write("copied.txt", "It is \(key), I think.\n")
        let output = try await project.vocero("ask", "--agent", "file_consultant", "read copied.txt")
        #expect(output.status == 0, "\(output)")
        for request in server.requests { #expect(!request.text.contains(key)) }
    }

    private static let pattern = "\(token)|\(password)"
}
