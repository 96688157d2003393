internal import FoundationEssentials
internal import Postgres
package import Store

/// Hears when something changes in a batch: for who waits for work without being a worker yet.
package actor BatchChanges {
    private let store: BatchStore
    private var connection: PostgresConnection?

    package init(of store: BatchStore) { self.store = store }

    /// Sleeps until something changes, at most so long; sooner when the connection breaks.
    package func next(atMost limit: Duration) async throws(StoreError) {
        do throws(PostgresError) {
            if connection == nil {
                let opened = try await store.pool.openLasting()
                connection = opened
                try await opened.execute(script: "LISTEN \(WorkerLock.channel)")
            }
            _ = try await connection?.waitForNotification(atMost: limit)
        } catch {
            await close()
            throw StoreError(error, while: "work was waited for")
        }
    }

    package func close() async {
        await connection?.close()
        connection = nil
    }
}
