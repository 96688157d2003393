import Assistant
import FoundationEssentials
import Postgres
import Store
import TestSupport
import Testing

@testable import Memory

struct `A memory of before` {
    @Test func `keeps what it can tell of whose repositories it knew`() async throws {
        let database = try await TestDatabase.make()
        let pool = PostgresPool { () async throws(PostgresError) in database.connectionString }
        let all = MemoryStore.migrations
        try await StoreSchema(Array(all.filter { $0.number < 7 })).migrate(pool)
        let names: [(before: String?, after: String?)] = [
            ("acme/tool", "github.com/acme/tool"), ("acme/other", "github.com/acme/other"), ("tool", "tool"),
            (nil, nil),
            ("github.com/acme/tool", "github.com/acme/tool"), ("/home/me/tool", "/home/me/tool"), ("a/b/c", "a/b/c"),
            ("acme/", "acme/"),
        ]
        let store = MemoryStore(pool: pool, user: "u")
        for (number, name) in names.enumerated() {
            let key = name.before.map { "hooks:\($0)" } ?? "none"
            let run = try await store.begin(
                .example("question \(number)", session: .key(key), repository: name.before))
            try await store.finish(.example(run.run))
        }
        _ = try await store.begin(.example("q", session: .key("a person's"), repository: "acme/tool"))
        try await StoreSchema(all).migrate(pool)
        for table in ["messages", "runs", "chat_sessions"] {
            let found = try await pool.withConnection { connection async throws(PostgresError) in
                try await connection.run(PostgresStatement("SELECT DISTINCT repository FROM \(table)")).rows.map(
                    \.values)
            }
            let expected = Set(names.map { $0.after.map(PostgresValue.text) ?? .null })
            #expect(Set(found.map { $0[0] }) == expected, "\(table)")
        }
        let keys = Set(try await store.sessions(limit: 100).map(\.key))
        // One that has the new key already keeps it, and the other the old one.
        let expected = Set(
            names.map { name in
                name.before == "acme/tool" ? "hooks:acme/tool" : name.after.map { "hooks:\($0)" } ?? "none"
            } + ["a person's"])
        #expect(keys == expected)
        await pool.close()
    }
}
