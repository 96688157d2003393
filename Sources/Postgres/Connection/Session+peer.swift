internal import CPostgres

extension Session {
    /// Learns who answers, and settles what a session of its own needs, in one round trip.
    ///
    /// Behind a pooler the process that answers is not the one that the connection was told of: nothing is kept in
    /// such a session, for it may be lent to somebody else after each transaction. On a server of its own a statement
    /// whose client has gone stops after a quarter of a second (servers before 14 do not know how), and the schema of
    /// pgvector is searched, wherever it was installed.
    func getToKnow() throws(PostgresError) {
        let own = unsafe PQbackendPID(connection)
        let watches = serverVersion >= 140_000 && option("options")?.contains(Self.watch) != true
        let settings = watches ? [Self.watching] : []
        if try !ask(own: own, also: settings + [Self.searching]) {
            // A platform or a pooler that cannot, refuses: the connection is good without it.
            guard try ask(own: own, also: []) else { throw complaint }
        }
        guard isOpen else { throw complaint }
        guard !interruption.isRaised else { throw .cancelled }
    }

    /// False when the server refused.
    private func ask(own: Int32, also settings: [String]) throws(PostgresError) -> Bool {
        let kept = settings.map { ", CASE WHEN pg_backend_pid() = \(own) THEN \($0) END" }.joined()
        guard unsafe PQsendQuery(connection, "SELECT pg_backend_pid()\(kept)") == 1 else { throw complaint }
        var isAnswered = false
        while let result = try nextResult() {
            guard result.status == PGRES_TUPLES_OK, result.rowCount == 1 else { continue }
            isAnswered = true
            let answering = result.withField(row: 0, column: 0) { $0?.text().flatMap { Int32($0) } }
            isPooled = answering != own
        }
        return isAnswered
    }

    private static let watch = "client_connection_check_interval"

    private static let watching = """
        CASE WHEN current_setting('\(watch)') = '0' THEN set_config('\(watch)', '250ms', false) END
        """

    /// Where `vector` is a type already, nothing is looked up.
    private static let searching = """
        CASE WHEN to_regtype('vector') IS NULL THEN (
            SELECT set_config('search_path', current_setting('search_path') || ', ' || quote_ident(n.nspname), false)
            FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'
        ) END
        """
}
