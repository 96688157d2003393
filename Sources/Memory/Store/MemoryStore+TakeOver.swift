package import Assistant
internal import Postgres
package import Store

extension MemoryStore {
    /// Makes a run this process's own, to resume it: one that is not running, or whose lease has run out. The
    /// process that had it is fenced from then on.
    package func takeOver(_ run: RunID) async throws(StoreError) -> RunLease {
        let doing = "a run was taken over"
        let statement = PostgresStatement(
            """
            WITH taken AS (
                UPDATE runs SET lease_owner = $2::text, fence = fence + 1, state = 'running', ended_at = NULL,
                    lease_until = now() + make_interval(secs => $3::float8)
                WHERE id = $1::uuid AND user_id = $4::text AND state <> 'done'
                    AND (state <> 'running' OR lease_until < now())
                RETURNING fence
            )
            SELECT (SELECT fence FROM taken) AS fence, (SELECT state FROM runs WHERE id = $1::uuid) AS state
            """, [.uuid(run.uuid), .text(owner), .float8(options.leaseDuration.seconds), .text(user)])
        guard let row = try await rows(statement, while: doing).first else {
            throw StoreError(.failed, "The store gave no answer while \(doing).")
        }
        let reader = RowReader(row, while: doing)
        if let fence = try reader.optionalInteger("fence") {
            let lease = RunLease(owner: owner, fence: Int64(fence))
            keep(OwnedRun(lease: lease), for: run)
            return lease
        }
        switch try reader.optionalText("state") {
        case nil: throw StoreError(.notFound, "There is no run \(run).")
        case "done": throw StoreError(.failed, "Run \(run) is done: there is nothing to go on with.")
        default: throw StoreError(.fenced, "Run \(run) is being carried out by another process.")
        }
    }
}
