internal import FoundationEssentials

/// Whether the other workers of a batch still live, by their counts of beats.
///
/// A look shows the counts as they were at some moment between asking and hearing of it: an answer may lie unread while
/// this process sleeps, or be on its way for as long as a wire is cut. Silence is what passed between hearing of one
/// look and asking for the next, and nothing else.
struct SilenceWatch {
    /// How long a worker may be silent that still seems to live.
    let lease: Duration
    private var known: [UUID: (beats: Int, heard: ContinuousClock.Instant)] = [:]

    init(lease: Duration) {
        self.lease = lease
    }

    /// Whether this worker has not beaten for longer than the lease.
    mutating func isSilent(
        _ worker: UUID, beats: Int, asked: ContinuousClock.Instant, heard: ContinuousClock.Instant
    ) -> Bool {
        guard let last = known[worker], last.beats == beats else {
            known[worker] = (beats, heard)
            return false
        }
        return asked - last.heard > lease
    }

    /// Forgets all but these.
    mutating func keep(_ living: [UUID]) {
        known = known.filter { living.contains($0.key) }
    }
}
