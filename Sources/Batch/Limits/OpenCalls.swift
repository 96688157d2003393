/// The calls that a worker waits for, and which of them hang: they have been open for much longer than any that was
/// answered lately.
struct OpenCalls {
    private static let shortestPatience = Duration.seconds(5)
    /// How much longer than the slowest of the last answers.
    private static let patience = 4
    /// Before so many answers nobody knows what is long.
    private static let fewest = 8
    private static let most = 64
    /// How often it is looked.
    private static let interval = Duration.milliseconds(200)

    private var begun: [Int: ContinuousClock.Instant] = [:]
    private var hung: Set<Int> = []
    private var durations: [Duration] = []
    private var lastLook: ContinuousClock.Instant?

    var hanging: Int { hung.count }

    mutating func begin(_ call: Int, at now: ContinuousClock.Instant) { begun[call] = now }

    /// True when it still had its place.
    mutating func end(_ call: Int, isAnswered: Bool, at now: ContinuousClock.Instant) -> Bool {
        let since = begun.removeValue(forKey: call)
        if isAnswered, let since {
            durations.append(now - since)
            if durations.count > Self.most { durations.removeFirst() }
        }
        return hung.remove(call) == nil
    }

    /// How many calls lose their places now; never more than `limit` are without one.
    mutating func giveUpPlaces(of limit: Int, at now: ContinuousClock.Instant) -> Int {
        guard durations.count >= Self.fewest, lastLook.map({ now - $0 >= Self.interval }) ?? true else { return 0 }
        lastLook = now
        let longest = max(Self.shortestPatience, (durations.max() ?? .zero) * Self.patience)
        let before = hung.count
        for (call, since) in begun where now - since > longest && hung.count < limit { hung.insert(call) }
        return hung.count - before
    }
}
