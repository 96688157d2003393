internal import Concurrency
internal import Postgres

extension PostgresPool {
    /// A connection of its own that keeps its session: a lock that it holds, and what it listens to, last as long as it
    /// does. A pooler that lends each transaction another session is refused.
    func openLasting() async throws(PostgresError) -> PostgresConnection {
        let connection = try await openApart()
        do throws(PostgresError) {
            guard await connection.isPooled, try await !keepsItsSession(connection) else { return connection }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        throw PostgresError(
            .misuse,
            message:
                "A batch cannot be worked on through a pooler that shares sessions (transaction mode): its workers "
                + "hold locks. Give it the server's own address, or a pool in session mode, as DATABASE_URL.")
    }

    /// Whether another client, in a transaction, is never served by the process that has served this one.
    private func keepsItsSession(_ connection: PostgresConnection) async throws(PostgresError) -> Bool {
        for _ in 0..<3 {
            let own = try await connection.process
            // A pool with nothing left to lend keeps its sessions: others wait.
            let theirs = await within(.seconds(2)) { await self.processOfAnother() } ?? nil
            if theirs == own { return false }
            if try await connection.process != own { return false }
        }
        return true
    }

    private func processOfAnother() async -> Int32? {
        guard let other = try? await openApart() else { return nil }
        let process = try? await other.transaction { other throws(PostgresError) in try await other.process }
        await other.close()
        return process
    }
}

extension PostgresConnection {
    /// The server process that answers now.
    fileprivate var process: Int32 {
        get async throws(PostgresError) {
            let rows = try await run(PostgresStatement("SELECT pg_backend_pid() AS process")).rows
            return Int32(truncatingIfNeeded: try rows.first?.int("process") ?? 0)
        }
    }
}
