internal import FoundationEssentials
package import Postgres
package import Store

/// The right to fill in one user's embeddings of one model: a text must not be paid for twice.
///
/// A row with a lease, and no advisory lock: that would need a session of its own for as long as an endpoint is waited
/// for, which a pooler does not give. Who dies holds it for the rest of its lease.
package struct FillingLock: Sendable {
    private static let lease = 60.0

    private let user: String
    private let model: String
    private let statements: StatementRunner
    private let owner = UUID()

    package init(user: String, model: String, pool: PostgresPool) {
        self.user = user
        self.model = model
        statements = StatementRunner(pool, isRepeatable: true)
    }

    /// Runs the body while the lock is held; nil, without running it, when another process holds it.
    package func whileHeld<Value: Sendable>(
        _ body: @escaping @Sendable () async -> Value
    ) async throws(StoreError) -> Value? {
        guard try await take() else { return nil }
        let value = await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                await keep()
                return nil
            }
            var value: Value?
            while value == nil, let next = await group.next() { value = next }
            group.cancelAll()
            return value
        }
        try await run(
            "DELETE FROM filling_leases WHERE user_id = $1::text AND model = $2::text AND owner = $3::uuid", [],
            while: "the right to fill in embeddings was given back")
        return value
    }

    /// Also what it holds already: the statement may be tried again.
    private func take() async throws(StoreError) -> Bool {
        let rows = try await run(
            """
            INSERT INTO filling_leases AS l (user_id, model, owner, lease_until)
            VALUES ($1::text, $2::text, $3::uuid, now() + make_interval(secs => $4::float8))
            ON CONFLICT (user_id, model) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
            WHERE l.lease_until < now() OR l.owner = excluded.owner
            RETURNING owner
            """, [.float8(Self.lease)], while: "the right to fill in embeddings was asked for")
        return !rows.isEmpty
    }

    /// Renews the lease until it is cancelled.
    private func keep() async {
        while true {
            do {
                try await Task.sleep(for: .seconds(Self.lease / 4))
                try await run(
                    """
                    UPDATE filling_leases SET lease_until = now() + make_interval(secs => $4::float8)
                    WHERE user_id = $1::text AND model = $2::text AND owner = $3::uuid
                    """, [.float8(Self.lease)], while: "the right to fill in embeddings was kept")
            } catch {
                if Task.isCancelled { return }
                // The store is away: the body sees it too.
            }
        }
    }

    @discardableResult
    private func run(
        _ sql: String, _ further: [PostgresValue], while doing: String
    ) async throws(StoreError) -> [PostgresRow] {
        try await statements.rows(
            PostgresStatement(sql, [.text(user), .text(model), .uuid(owner)] + further), while: doing)
    }
}

extension FillingLock {
    /// Who fills in which embeddings, and until when nobody else does.
    package static let schema = """
        CREATE TABLE filling_leases (
            user_id text NOT NULL,
            model text NOT NULL,
            owner uuid NOT NULL,
            lease_until timestamptz NOT NULL,
            PRIMARY KEY (user_id, model)
        );
        """
}
