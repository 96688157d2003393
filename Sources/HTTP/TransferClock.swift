/// When a transfer runs out of time, by the deadlines that libcurl does not keep itself.
struct TransferClock {
    private let deadlines: HTTPDeadlines
    private let started: ContinuousClock.Instant
    /// When a byte last moved; nil while there is no connection and while the reader holds the transfer back.
    private var lastMoved: ContinuousClock.Instant?

    init(_ deadlines: HTTPDeadlines, now: ContinuousClock.Instant = .now) {
        self.deadlines = deadlines
        started = now
    }

    /// A byte moved, the connection came to be, or the reader lets the transfer go on.
    mutating func moved(now: ContinuousClock.Instant = .now) { lastMoved = now }

    /// The reader is behind: silence is not the server's fault.
    mutating func pause() { lastMoved = nil }

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
        guard let lastMoved, let idle = deadlines.idle else { return nil }
        return lastMoved + idle
    }

    private var totalEnd: ContinuousClock.Instant? { deadlines.total.map { started + $0 } }
}
