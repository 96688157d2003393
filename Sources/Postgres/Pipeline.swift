internal import CPostgres

/// libpq's pipeline mode for the time of one exchange: whatever happens, the connection is out of it afterwards
/// and usable, unless it broke.
@safe struct Pipeline: ~Copyable {
    private let link: ServerLink
    private var failure: PostgresError?

    private init(_ link: ServerLink) { self.link = link }

    static func run(
        on link: ServerLink, _ body: (inout Pipeline) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        guard unsafe PQenterPipelineMode(link.handle) == 1 else { throw link.error }
        var pipeline = Pipeline(link)
        do throws(PostgresError) {
            try body(&pipeline)
        } catch {
            pipeline.failure = pipeline.failure ?? error
        }
        pipeline.drain()
        _ = unsafe PQexitPipelineMode(link.handle)
        if let failure = pipeline.failure { throw failure }
    }

    func send(_ accepted: Int32) throws(PostgresError) {
        guard accepted == 1 else { throw link.error }
    }

    func sync() throws(PostgresError) {
        guard unsafe PQpipelineSync(link.handle) == 1 else { throw link.error }
    }

    /// The next statement's result. The first failure is kept and thrown at the end; what follows it was skipped
    /// by the server.
    mutating func next(
        _ read: (borrowing ServerResult) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        guard let result = unsafe ServerResult(PQgetResult(link.handle)) else {
            if failure == nil { failure = link.error }
            return
        }
        if result.status == PGRES_PIPELINE_ABORTED {
            if failure == nil { failure = PostgresError(.server, message: "a statement before this one failed") }
        } else if result.isGood {
            if failure == nil { try read(result) }
        } else if failure == nil {
            failure = result.error(connectionIsBroken: link.isBroken)
        }
        // A null ends each statement's results.
        while let rest = unsafe ServerResult(PQgetResult(link.handle)) { _ = rest.status }
    }

    /// Reads up to the sync point.
    private mutating func drain() {
        if unsafe PQpipelineStatus(link.handle) == PQ_PIPELINE_OFF || link.isBroken { return }
        // After a failed send there may be no sync point yet.
        if failure != nil { _ = unsafe PQpipelineSync(link.handle) }
        var nulls = 0
        while nulls < 2 && !link.isBroken {
            if let result = unsafe ServerResult(PQgetResult(link.handle)) {
                nulls = 0
                if result.status == PGRES_PIPELINE_SYNC && failure == nil { return }
            } else {
                nulls += 1
            }
        }
    }
}
