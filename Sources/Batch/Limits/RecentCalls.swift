/// How the last calls of a worker went: what share of them was refused.
struct RecentCalls {
    private static let most = 64
    /// What was longer ago says nothing of now.
    private static let memory = Duration.seconds(30)
    /// Fewer say nothing of a share.
    private static let fewest = 10

    private var calls: [(at: ContinuousClock.Instant, isRefused: Bool)] = []
    /// Refused one after the other, with no answer between.
    private(set) var refusedInARow = 0

    mutating func note(isRefused: Bool, at now: ContinuousClock.Instant) {
        refusedInARow = isRefused ? refusedInARow + 1 : 0
        calls.append((now, isRefused))
        if calls.count > Self.most { calls.removeFirst(calls.count - Self.most) }
        while let first = calls.first, now - first.at > Self.memory { calls.removeFirst() }
    }

    /// Of the last calls; 0 while there are too few.
    var refusedShare: Double {
        guard calls.count >= Self.fewest else { return 0 }
        return Double(calls.count { $0.isRefused }) / Double(calls.count)
    }
}
