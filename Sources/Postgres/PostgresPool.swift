internal import Synchronization

/// Connections to one database, opened when first needed, at most `maxConnections`. A broken one is replaced.
/// Who waits is served in order.
package final class PostgresPool: Sendable {
    /// What one who waited gets: a connection, or the place of one to open.
    private enum Grant: Sendable {
        case connection(PostgresConnection)
        case place
    }

    private typealias Waiter = CheckedContinuation<Result<Grant, PostgresError>, Never>

    private struct State {
        /// The last one given back is the first one lent again.
        var idle: [PostgresConnection] = []
        /// Lent, idle and being opened.
        var places = 0
        var waiters: [(ticket: Int, waiter: Waiter)] = []
        var tickets = 0
        var isClosed = false
    }

    private let maxConnections: Int
    private let onSilence: (@Sendable () -> Void)?
    private let connectionString: @Sendable () async throws(PostgresError) -> String
    private let state = Mutex(State())

    /// `connectionString` is asked for at each new connection: the private cluster may have to start first.
    /// `onSilence`: as in ``PostgresConnection/connect(to:onSilence:)``.
    package init(
        maxConnections: Int = 4, onSilence: (@Sendable () -> Void)? = nil,
        connectionString: @escaping @Sendable () async throws(PostgresError) -> String
    ) {
        self.maxConnections = max(1, maxConnections)
        self.onSilence = onSilence
        self.connectionString = connectionString
    }

    /// Lends a connection to `body`. A statement that failed because the kept connection had died is not run
    /// again here: the caller knows whether that is safe.
    package func withConnection<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let connection = try await take()
        do throws(PostgresError) {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Opens a connection that is not one of the pool's, for what holds one as long as it lives (locks, notifications).
    /// The caller closes it.
    package func openApart() async throws(PostgresError) -> PostgresConnection {
        try await PostgresConnection.connect(to: try await connectionString(), onSilence: onSilence)
    }

    /// Closes what is idle and refuses further use; what is lent is closed when it comes back.
    package func close() async {
        let (idle, waiters) = state.withLock { state in
            state.isClosed = true
            state.places -= state.idle.count
            defer { (state.idle, state.waiters) = ([], []) }
            return (state.idle, state.waiters)
        }
        for (_, waiter) in waiters { waiter.resume(returning: .failure(.poolClosed)) }
        for connection in idle { await connection.close() }
    }
}

extension PostgresPool {
    /// Runs one statement on a connection of the pool.
    @discardableResult
    package func run(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
        try await withConnection { connection throws(PostgresError) in try await connection.run(statement) }
    }

    /// Runs statements in one round trip and one implicit transaction on a connection of the pool.
    @discardableResult
    package func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
        try await withConnection { connection throws(PostgresError) in try await connection.pipeline(statements) }
    }

    /// Runs a transaction on a connection of the pool.
    package func transaction<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        try await withConnection { connection throws(PostgresError) in try await connection.transaction(body) }
    }
}

// MARK: - Taking and giving back

extension PostgresPool {
    private func take() async throws(PostgresError) -> PostgresConnection {
        if Task.isCancelled { throw .cancelled }
        guard case .connection(let kept) = try await grant() else { return try await open() }
        if await kept.isAlive() { return kept }
        await kept.close()
        return try await open()
    }

    /// Opens a connection in a place that was granted.
    private func open() async throws(PostgresError) -> PostgresConnection {
        do throws(PostgresError) {
            return try await PostgresConnection.connect(to: try await connectionString(), onSilence: onSilence)
        } catch {
            pass(.place)
            throw error
        }
    }

    private func giveBack(_ connection: PostgresConnection) async {
        if connection.isReusable, pass(.connection(connection)) { return }
        await connection.close()
        pass(.place)
    }

    /// Gives to the first who waits, or keeps. False when a connection is not wanted any more.
    @discardableResult
    private func pass(_ grant: Grant) -> Bool {
        let (waiter, isTaken): (Waiter?, Bool) = state.withLock { state in
            if !state.waiters.isEmpty { return (state.waiters.removeFirst().waiter, true) }
            if case .connection(let connection) = grant, !state.isClosed {
                state.idle.append(connection)
                return (nil, true)
            }
            if case .place = grant { state.places -= 1 }
            return (nil, false)
        }
        waiter?.resume(returning: .success(grant))
        return isTaken
    }

    private func grant() async throws(PostgresError) -> Grant {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                if let immediate = enter(waiter, ticket) { waiter.resume(returning: immediate) }
            }
        } onCancel: {
            leave(ticket)
        }
        return try result.get()
    }

    /// What can be had at once; nil when the waiter stands in line now.
    private func enter(_ waiter: Waiter, _ ticket: Int) -> Result<Grant, PostgresError>? {
        state.withLock { state in
            if state.isClosed { return .failure(.poolClosed) }
            if let kept = state.idle.popLast() { return .success(.connection(kept)) }
            if state.places < maxConnections {
                state.places += 1
                return .success(.place)
            }
            // Cancelled before it stood in line: `leave` has found nothing, and will not come again.
            if Task.isCancelled { return .failure(.cancelled) }
            state.waiters.append((ticket, waiter))
            return nil
        }
    }

    private func leave(_ ticket: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let place = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiters.remove(at: place).waiter
        }
        waiter?.resume(returning: .failure(.cancelled))
    }
}
