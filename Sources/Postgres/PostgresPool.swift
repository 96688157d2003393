internal import Synchronization

/// Connections to one database, opened when first needed, at most `maxConnections`. A broken one is replaced;
/// who waits longest is served first.
package final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection] = []
        /// Lent, idle or being opened.
        var open = 0
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Turn, Never>)] = []
        var nextID: UInt64 = 0
        var isClosed = false
    }

    /// What a waiting borrower gets.
    private enum Turn {
        case connection(PostgresConnection)
        /// There is room to open one.
        case room
        case closed
        case cancelled
    }

    private let maxConnections: Int
    private let connectionString: @Sendable () async throws(PostgresError) -> String
    private let state = Mutex(State())

    /// `connectionString` is asked for at each new connection: the private cluster may have to start first.
    package init(
        maxConnections: Int = 4,
        connectionString: @escaping @Sendable () async throws(PostgresError) -> String
    ) {
        self.maxConnections = max(1, maxConnections)
        self.connectionString = connectionString
    }

    /// Lends a connection to `body`. A statement that failed because the kept connection had died is not run
    /// again here: the caller knows whether that is safe.
    package func withConnection<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let connection = try await borrow()
        let result: Result<Value, PostgresError>
        do throws(PostgresError) {
            result = .success(try await body(connection))
        } catch {
            result = .failure(error)
        }
        await giveBack(connection)
        return try result.get()
    }

    /// Closes what is idle and refuses further use; what is lent closes when it comes back.
    package func close() async {
        let (idle, waiting) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.waiting) = ([], []) }
            return (state.idle, state.waiting)
        }
        for waiter in waiting { waiter.continuation.resume(returning: .closed) }
        for connection in idle { await connection.close() }
    }

    private func borrow() async throws(PostgresError) -> PostgresConnection {
        while true {
            switch await turn() {
            case .connection(let connection):
                if await connection.isUsable { return connection }
                await connection.close()
                // Its room is ours.
                return try await open()
            case .room: return try await open()
            case .closed: throw PostgresError(.poolClosed, message: "the store is closed")
            case .cancelled: throw PostgresError(.cancelled, message: "cancelled while waiting for a connection")
            }
        }
    }

    private func open() async throws(PostgresError) -> PostgresConnection {
        do throws(PostgresError) {
            return try await PostgresConnection.connect(to: connectionString())
        } catch {
            release()
            throw error
        }
    }

    private func turn() async -> Turn {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let turn = state.withLock { state -> Turn? in
                    if state.isClosed { return .closed }
                    if Task.isCancelled { return .cancelled }
                    if let connection = state.idle.popLast() { return .connection(connection) }
                    if state.open < maxConnections {
                        state.open += 1
                        return .room
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let turn { continuation.resume(returning: turn) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: .cancelled)
        }
    }

    private func giveBack(_ connection: PostgresConnection) async {
        guard await connection.isUsable else {
            await connection.close()
            release()
            return
        }
        let (next, closes) = state.withLock { state -> (CheckedContinuation<Turn, Never>?, Bool) in
            if state.isClosed { return (nil, true) }
            if !state.waiting.isEmpty { return (state.waiting.removeFirst().continuation, false) }
            state.idle.append(connection)
            return (nil, false)
        }
        next?.resume(returning: .connection(connection))
        if closes { await connection.close() }
    }

    /// A place became free without a connection in it.
    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Turn, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            state.open -= 1
            return nil
        }
        next?.resume(returning: .room)
    }
}
