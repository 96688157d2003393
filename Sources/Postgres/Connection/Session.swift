internal import CPostgres

/// A PGconn and what is known about its server. Every call is made on the connection's own queue.
///
/// The PGconn is in non-blocking mode: this class waits in poll(2), on the socket and on the interruption.
@safe
final class Session {
    var connection: OpaquePointer?
    let interruption: Interruption
    var statements = StatementCache()
    var types = TypeCatalog()
    /// Between here and the server stands a pooler: each transaction may meet another process.
    var isPooled = false
    /// Told once a use when the server has said nothing for ``patience``.
    var onSilence: (@Sendable () -> Void)?
    private var silenceBegins: ContinuousClock.Instant?
    private var cancelRequest: CancelRequest?
    /// After a cancellation the server has this long to answer, before the connection is given up.
    private var answerDeadline: ContinuousClock.Instant?
    /// A request that reaches a server which has not read the statement yet does nothing: it is repeated.
    private var nextRequest: ContinuousClock.Instant?

    static let patience = Duration.seconds(2)

    init(interruption: Interruption) {
        self.interruption = interruption
    }

    deinit {
        unsafe PQfinish(connection)
    }

    var isOpen: Bool { unsafe connection != nil && PQstatus(connection) == CONNECTION_OK }
    var transactionStatus: PGTransactionStatusType { unsafe PQtransactionStatus(connection) }
    var serverVersion: Int { Int(unsafe PQserverVersion(connection)) }

    func close() {
        unsafe PQfinish(connection)
        unsafe connection = nil
        statements = StatementCache()
        types = TypeCatalog()
    }

    /// What libpq says about the connection itself.
    var complaint: PostgresError {
        guard unsafe connection != nil else { return .closed }
        let said = oneLine(unsafe String(cString: PQerrorMessage(connection)))
        return PostgresError(
            isOpen ? .server : .connection,
            message: said.isEmpty ? "The connection to PostgreSQL broke." : said)
    }

    /// Whether an unused connection is still good. A server that ends one says so, and has nothing else to say.
    func isAlive() -> Bool {
        guard isOpen else { return false }
        let socket = unsafe PQsocket(connection)
        return !isReady(socket: socket, for: .read, orWokenBy: -1, until: .now)
    }
}

// MARK: - One use at a time

extension Session {
    /// Runs `body`, then sees to it that no cancellation of it can hit what comes next.
    func use<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        guard isOpen else { throw .closed }
        guard !interruption.isRaised else { throw .cancelled }
        beginWaiting()
        do throws(PostgresError) {
            let value = try body()
            settle()
            return value
        } catch {
            let wasCancelled = cancelRequest != nil
            settle()
            // 57014 without a request of ours is the server's own statement_timeout.
            if wasCancelled, error.sqlState == "57014" || !isOpen { throw .cancelled }
            throw error
        }
    }

    /// A request that is still on its way would cancel the next statement: it is waited for, or the connection
    /// is given up.
    private func settle() {
        defer {
            cancelRequest = nil
            (answerDeadline, nextRequest) = (nil, nil)
        }
        guard let cancelRequest, isOpen else { return }
        while !cancelRequest.isDone {
            guard let answerDeadline, answerDeadline > .now else { return close() }
            sleep(for: [], until: answerDeadline)
            interruption.lower()
        }
    }
}

// MARK: - Waiting

extension Session {
    /// The next result of what was sent, or nil where libpq separates one command from the next.
    func nextResult() throws(PostgresError) -> QueryResult? {
        while true {
            let unsent = unsafe PQflush(connection) == 1
            guard unsafe PQisBusy(connection) == 1 else { break }
            try waitForServer(toWrite: unsent)
            // A failure is told by the result.
            guard unsafe PQconsumeInput(connection) == 1 else { break }
        }
        return unsafe QueryResult(PQgetResult(connection))
    }

    /// Sleeps until the server has something to say (or takes more), and passes a cancellation on to it.
    func waitForServer(toWrite: Bool) throws(PostgresError) {
        sleep(for: toWrite ? [.read, .write] : .read, until: sooner(nextRequest))
        saySilence()
        interruption.lower()
        if interruption.isRaised, nextRequest ?? .now <= .now {
            if cancelRequest?.isDone ?? true {
                cancelRequest = unsafe CancelRequest(connection, waking: interruption)
            }
            answerDeadline = answerDeadline ?? .now + .seconds(1)
            nextRequest = .now + .milliseconds(250)
        }
        if let answerDeadline, answerDeadline <= .now {
            close()
            throw .cancelled
        }
    }

    /// What is waited for begins now.
    func beginWaiting() { silenceBegins = onSilence == nil ? nil : .now }

    /// A time to wake at that is not behind the moment in which silence is said.
    func sooner(_ deadline: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
        guard let silenceBegins else { return deadline }
        return min(deadline ?? silenceBegins + Self.patience, silenceBegins + Self.patience)
    }

    func saySilence() {
        guard let begun = silenceBegins, .now - begun >= Self.patience else { return }
        silenceBegins = nil
        onSilence?()
    }

    /// Until the socket is ready, someone wakes the connection, or the deadline has come.
    func sleep(for events: SocketEvents, until deadline: ContinuousClock.Instant?) {
        let socket = unsafe PQsocket(connection)
        _ = isReady(socket: socket, for: events, orWokenBy: interruption.descriptor, until: deadline)
    }
}
