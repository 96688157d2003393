package import Assistant
internal import FoundationEssentials
package import Postgres
internal import Store
internal import Synchronization

/// What Vocero remembers, in PostgreSQL: the journal of its runs, and what recall, search, history and
/// back-filling read from it.
///
/// One store serves all runs of a process. It is one user's: nothing of another user's is read or written.
package final class MemoryStore: Sendable {
    package struct Options: Sendable {
        /// Whole turns of the session that a request is given.
        package var recalledTurns = 5
        /// How long recall and search wait for the embedding of a question before they go on with words only.
        package var questionDeadline = Duration.milliseconds(1500)
        /// How long a run belongs to a process that no longer reports anything.
        package var leaseDuration = Duration.seconds(900)

        package init() {}
    }

    let pool: PostgresPool
    let user: String
    let embedder: (any Embedder)?
    let options: Options
    let redact: @Sendable (String) -> String
    let notice: @Sendable (String) -> Void

    /// The name of this process in the leases of its runs.
    package let owner: String
    private let runs = Mutex<[RunID: OwnedRun]>([:])

    /// What a process knows of a run it owns.
    struct OwnedRun {
        var lease: RunLease
        var requests = RequestChain()
    }

    /// Makes the memory of one user. Without an embedder, recall and search go by words only. Every text passes
    /// `redact` before it is stored. `notice` gets one sentence for a person when something was done less well than
    /// it should be.
    package init(
        pool: PostgresPool, user: String, embedder: (any Embedder)? = nil, options: Options = Options(),
        redact: @escaping @Sendable (String) -> String = { $0 },
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.pool = pool
        self.user = user
        self.embedder = embedder
        self.options = options
        self.redact = redact
        self.notice = notice
        owner = RunLease.ownerName()
    }

    // MARK: Runs of this process

    func ownedRun(_ run: RunID) throws(StoreError) -> OwnedRun {
        guard let owned = runs.withLock({ $0[run] }) else {
            throw StoreError(.notFound, "The run \(run) was not begun by this process, so it cannot go on here.")
        }
        return owned
    }

    var runsOwned: [RunID: OwnedRun] { runs.withLock { $0 } }

    func keep(_ owned: OwnedRun, for run: RunID) {
        runs.withLock { $0[run] = owned }
    }

    func forget(_ run: RunID) {
        _ = runs.withLock { $0.removeValue(forKey: run) }
    }

    // MARK: Statements

    /// Statements of a memory are idempotent.
    var statements: StatementRunner { StatementRunner(pool, isRepeatable: true) }

    func run(_ statements: [PostgresStatement], while doing: String) async throws(StoreError) -> [PostgresResult] {
        try await self.statements.run(statements, while: doing)
    }

    func rows(_ statement: PostgresStatement, while doing: String) async throws(StoreError) -> [PostgresRow] {
        try await statements.rows(statement, while: doing)
    }
}
