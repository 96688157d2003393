internal import CPostgres

extension PostgresConnection {
    /// Runs a body between BEGIN and COMMIT, or ROLLBACK when it throws or is cancelled.
    ///
    /// A COMMIT is not cancelled; when the connection breaks in it, the error has the SQLSTATE `08007`: the
    /// outcome is unknown. A transaction in a transaction is refused.
    package func transaction<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        guard !isInTransaction else {
            throw PostgresError(.misuse, message: "This connection is in a transaction already.")
        }
        isInTransaction = true
        let value: Value
        do throws(PostgresError) {
            try await using { session throws(PostgresError) in _ = try session.execute(script: "BEGIN") }
            value = try await body(self)
            if Task.isCancelled { throw .cancelled }
        } catch {
            isInTransaction = false
            rollBack()
            throw error
        }
        isInTransaction = false
        try commit()
        return value
    }

    private func commit() throws(PostgresError) {
        let tag: String
        do throws(PostgresError) {
            tag = try shielded { session throws(PostgresError) in try session.execute(script: "COMMIT") }
        } catch {
            guard error.kind == .connection else { throw error }
            throw PostgresError(
                .connection, sqlState: "08007",
                message: "The connection to PostgreSQL broke during COMMIT: whether it took effect is unknown.")
        }
        // The server answers so when the body went on after a statement had failed.
        guard tag == "COMMIT" else {
            throw PostgresError(
                .server, sqlState: "25P02",
                message: "The transaction was rolled back, because a statement in it had failed.")
        }
    }

    /// Where even that fails, the connection goes: the server then rolls back by itself.
    private func rollBack() {
        do throws(PostgresError) {
            try shielded { session throws(PostgresError) in
                guard session.transactionStatus != PQTRANS_IDLE else { return }
                try session.execute(script: "ROLLBACK")
            }
        } catch {
            close()
        }
    }
}
