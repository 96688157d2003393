package import Assistant
internal import FoundationEssentials
internal import Postgres
package import Store

extension MemoryStore {
    package func begin(_ opening: RunOpening) async throws(StoreError) -> OpenedRun {
        try await begin(opening, lease: RunLease(owner: owner, fence: 1))
    }

    /// Opens a run under the given lease, and keeps the lease.
    func begin(_ opening: RunOpening, lease: RunLease) async throws(StoreError) -> OpenedRun {
        let opening = opening.redacted(by: redact)
        // A fresh key that exists already gives no row: one in forty million, times the sessions there are.
        for _ in 0..<5 {
            let statement = JournalStatements.begin(
                opening, user: user, lease: lease, leaseSeconds: options.leaseDuration.seconds,
                freshSession: (UUID.timeOrdered(at: opening.startedAt), SessionKey.fresh()))
            guard let row = try await rows(statement, while: "a run was opened").first else { continue }
            let reader = RowReader(row, while: "a run was opened")
            let session = try (reader.uuid("id"), reader.text("key"))
            keep(OwnedRun(lease: lease), for: opening.run)
            return OpenedRun(
                run: opening.run, sessionID: session.0, sessionKey: session.1, repository: opening.repository,
                messageID: opening.messageID)
        }
        throw StoreError(.failed, "No free key was found for a new session: try again, or give one by --session.")
    }

    package func record(step: StepRecord) async throws(StoreError) {
        var owned = try ownedRun(step.run)
        let link = owned.requests.append(step.request, redact: redact)
        var stored = step
        stored.response = step.response.redacted(by: redact)
        let statement = JournalStatements.step(
            stored, link: link, lease: owned.lease, leaseSeconds: options.leaseDuration.seconds)
        let answer = try await answer(statement, while: "a model's response was stored")
        try answer.requireOwned(step.run)
        if let earlier = try answer.reader.optionalBytes("earlier"), earlier != link.hash {
            throw StoreError(.failed, "Run \(step.run) has another step \(step.index) already: nothing was changed.")
        }
        keep(owned, for: step.run)
    }

    package func record(call: ToolCallRecord) async throws(StoreError) {
        try await store(call, isReplay: false)
    }

    /// Stores a call's state. A replay may bring one that the call has left behind since; the run loop may not.
    func store(_ call: ToolCallRecord, isReplay: Bool) async throws(StoreError) {
        let lease = try ownedRun(call.run).lease
        let statement = JournalStatements.call(call.redacted(by: redact), lease: lease)
        let answer = try await answer(statement, while: "the tool call \(call.call.name) was stored")
        try answer.requireOwned(call.run)
        guard try answer.reader.integer("stored") == 0 else { return }
        let earlier = try answer.reader.optionalText("earlier") ?? "gone"
        let isBehind = isReplay && (call.state == .executing || call.state == .parked)
        guard earlier == call.state.rawValue || isBehind else {
            throw StoreError(
                .failed,
                "Call \(call.index) of step \(call.step) in run \(call.run) is \(earlier) already and cannot become "
                    + "\(call.state.rawValue).")
        }
    }

    package func beginChild(_ child: ChildRunOpening) async throws(StoreError) {
        let parent = try ownedRun(child.parent).lease
        let lease = RunLease(owner: parent.owner, fence: 1)
        let statement = JournalStatements.child(
            child.redacted(by: redact), parentLease: parent, lease: lease, leaseSeconds: options.leaseDuration.seconds)
        try await answer(statement, while: "a delegate's run was opened").requireOwned(child.parent)
        keep(OwnedRun(lease: lease), for: child.run)
    }

    package func finish(_ closing: RunClosing) async throws(StoreError) {
        let lease = try ownedRun(closing.run).lease
        let answer = try await answer(
            JournalStatements.finish(closing.redacted(by: redact), lease: lease), while: "the run was closed")
        if try answer.reader.integer("owned") == 0, let state = try answer.reader.optionalText("state") {
            throw StoreError(
                .failed, "Run \(closing.run) is \(state) already and cannot become \(closing.state.rawValue).")
        }
        try answer.requireOwned(closing.run)
        forget(closing.run)
    }

    /// Removes runs of which a process that died had begun to write: they are written again.
    package func remove(_ runs: [RunID]) async throws(StoreError) {
        guard !runs.isEmpty else { return }
        try await statements.run(
            [
                PostgresStatement(
                    "DELETE FROM runs WHERE id = ANY ($1::uuid[]) AND user_id = $2::text",
                    [.uuidArray(runs.map(\.uuid)), .text(user)])
            ], while: "turns were begun again")
    }

    // MARK: Answers

    private struct Answer {
        let reader: RowReader

        func requireOwned(_ run: RunID) throws(StoreError) {
            guard try reader.integer("owned") > 0 else {
                throw StoreError(
                    .fenced,
                    "Run \(run) is not this process's any more: another one has taken it over, or it was deleted.")
            }
        }
    }

    private func answer(_ statement: PostgresStatement, while doing: String) async throws(StoreError) -> Answer {
        guard let row = try await rows(statement, while: doing).first else {
            throw StoreError(.failed, "The store gave no answer while \(doing).")
        }
        return Answer(reader: RowReader(row, while: doing))
    }
}
