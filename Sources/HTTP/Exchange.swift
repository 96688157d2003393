internal import Synchronization

/// The mailbox between the event thread, which fills it, and the task that reads one attempt's answer.
final class Exchange: Sendable {
    /// What a streamed answer may run ahead of its reader; then the transfer pauses.
    static let maxBufferedBytes = 256 << 10

    private struct State {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
        var end: Result<Void, HTTPError>?
        var isPaused = false
        /// Counts changes, so that none slips in between a look and the wait for the next one.
        var changes = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Whether the reader takes pieces; otherwise the body is kept until it is whole.
    let isStreamed: Bool
    private let state = Mutex(State())

    init(isStreamed: Bool) { self.isStreamed = isStreamed }

    // MARK: The event thread's side

    func receive(_ head: HTTPResponseHead) {
        change(wakes: isStreamed) { $0.head = head }
    }

    /// Takes a piece of the body; false when the reader is too far behind.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var accepted = true
        change(wakes: isStreamed) { state in
            if isStreamed, state.body.count >= Self.maxBufferedBytes {
                state.isPaused = true
                accepted = false
            } else {
                unsafe state.body.append(contentsOf: bytes)
            }
        }
        return accepted
    }

    func finish(_ result: Result<Void, HTTPError>) {
        change(wakes: true) { if $0.end == nil { $0.end = result } }
    }

    private func change(wakes: Bool, _ body: (inout State) -> Void) {
        let waiters = state.withLock { state in
            body(&state)
            state.changes += 1
            guard wakes else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: The reader's side

    enum Piece: Sendable {
        case bytes([UInt8], resumes: Bool)
        case end
    }

    var isFinished: Bool { state.withLock { $0.end != nil } }

    func head() async throws(HTTPError) -> HTTPResponseHead {
        try await wait { state in
            if let head = state.head { return .success(head) }
            return state.end.map { $0.flatMap { .failure(.endedWithoutHead) } }
        }
    }

    /// The whole body, once it has ended well.
    func body() async throws(HTTPError) -> [UInt8] {
        try await wait { state in
            state.end.map { end in
                defer { state.body = [] }
                return end.map { state.body }
            }
        }
    }

    /// What has come since the last call, at least one byte.
    func next() async throws(HTTPError) -> Piece {
        try await wait { state in
            if case .failure(let error)? = state.end, error.code == .cancelled { return .failure(error) }
            guard state.body.isEmpty else {
                defer {
                    state.body = []
                    state.isPaused = false
                }
                return .success(.bytes(state.body, resumes: state.isPaused))
            }
            return state.end.map { $0.map { .end } }
        }
    }

    /// Waits until `answer` gives something. Who cancels the wait cancels the transfer, which ends it.
    private func wait<Value: Sendable>(
        _ answer: (inout State) -> Result<Value, HTTPError>?
    ) async throws(HTTPError) -> Value {
        while true {
            let (result, seen) = state.withLock { (answer(&$0), $0.changes) }
            if let result { return try result.get() }
            await withCheckedContinuation { continuation in
                let isStale = state.withLock { state in
                    if state.changes != seen { return true }
                    state.waiters.append(continuation)
                    return false
                }
                if isStale { continuation.resume() }
            }
        }
    }
}

extension HTTPError {
    fileprivate static let endedWithoutHead = HTTPError(
        .protocolViolation, "The server ended the exchange without an answer.")
}
