internal import Synchronization

/// Where a worker's next claim begins: behind its last one. Items that were put back lie before it, so claims begin at
/// the front again when something has changed, when too few were found, and now and then.
final class ClaimCursor: Sendable {
    private struct State {
        var position = 0
        var lastFront: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private static let longest = Duration.seconds(5)

    func position(at now: ContinuousClock.Instant) -> Int {
        state.withLock { state in
            if state.lastFront.map({ now - $0 >= Self.longest }) ?? true { state.position = 0 }
            if state.position == 0 { state.lastFront = now }
            return state.position
        }
    }

    /// The last position of a whole claim, or nil to begin at the front.
    func note(_ last: Int?) { state.withLock { $0.position = last.map { $0 + 1 } ?? 0 } }
}
