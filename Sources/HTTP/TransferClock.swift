/// When a transfer runs out of time, by the deadlines that libcurl does not keep itself.
struct TransferClock {
    private let deadlines: HTTPDeadlines
    private let started: ContinuousClock.Instant
    /// When a byte last moved; nil while there is no connection.
    private var lastMoved: ContinuousClock.Instant?
    /// Whether the reader holds the transfer back: silence is not the server's fault then.
    private var isPaused = false

    init(_ deadlines: HTTPDeadlines, now: ContinuousClock.Instant = .now) {
        self.deadlines = deadlines
        started = now
    }

    /// A byte moved, or the connection came to be.
    mutating func moved(now: ContinuousClock.Instant = .now) { lastMoved = now }

    /// The reader is behind.
    mutating func pause() { isPaused = true }

    /// The reader lets the transfer go on.
    mutating func resume(now: ContinuousClock.Instant = .now) {
        isPaused = false
        lastMoved = now
    }

    /// When the next deadline ends.
    var expiry: ContinuousClock.Instant? {
        let ends = [idleEnd, totalEnd].compactMap { $0 }
        return ends.min()
    }

    /// The deadline that has ended, if one has.
    func expired(now: ContinuousClock.Instant) -> HTTPError.Code? {
        if let totalEnd, totalEnd <= now { return .totalTimedOut }
        if let idleEnd, idleEnd <= now { return .idleTimedOut }
        return nil
    }

    private var idleEnd: ContinuousClock.Instant? {
        guard !isPaused, let lastMoved, let idle = deadlines.idle else { return nil }
        return lastMoved + idle
    }

    private var totalEnd: ContinuousClock.Instant? { deadlines.total.map { started + $0 } }
}
