import Assistant
import Postgres
import Store
import TestSupport
import Testing

@testable import Memory

struct `The schema` {
    private static func store(_ database: TestDatabase) -> MemoryStore {
        MemoryStore(pool: PostgresPool { () async throws(PostgresError) in database.connectionString }, user: "u")
    }

    private static let schema = StoreSchema(MemoryStore.migrations)

    @Test func `is made once by any number of processes`() async throws {
        let database = try await TestDatabase.make()
        let store = Self.store(database)
        #expect(try await Self.schema.state(of: store.pool) == .absent)
        let error = await #expect(throws: StoreError.self) { try await store.begin(.example()) }
        #expect(error?.kind == .configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try await Self.schema.migrate(Self.store(database).pool) } }
            try await group.waitForAll()
        }
        #expect(try await Self.schema.state(of: store.pool) == .current(Self.schema.version))
        try await Self.schema.migrate(store.pool)
        _ = try await store.begin(.example())
    }

    @Test func `is left alone when it is a newer program's`() async throws {
        let database = try await TestDatabase.make()
        let store = Self.store(database)
        try await Self.schema.migrate(store.pool)
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        try await connection.execute(
            script:
                "UPDATE schema_migrations SET number = 99 WHERE number = (SELECT max(number) FROM schema_migrations)")
        await connection.close()
        #expect(try await Self.schema.state(of: store.pool) == .newer(found: 99, wanted: Self.schema.version))
        let error = await #expect(throws: StoreError.self) { try await Self.schema.migrate(store.pool) }
        #expect(error?.kind == .configuration)
    }
}
