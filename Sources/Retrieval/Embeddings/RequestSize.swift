/// How much is put into one request of embeddings, so that it takes about half a second: whoever asks a question meanwhile
/// waits no longer for a server that does one thing after the other, and what a killed process loses is little.
struct RequestSize: Sendable, Hashable {
    static let mostTexts = 128
    private static let bounds = 250...32_000

    /// At most so many, by estimate; a single text may have more.
    private(set) var tokens = 1_000

    /// What a request of that size took.
    mutating func took(_ time: Duration) {
        if time < .milliseconds(300) { tokens = min(tokens * 2, Self.bounds.upperBound) }
        if time > .milliseconds(700) { tokens = max(tokens / 2, Self.bounds.lowerBound) }
    }

    /// How many of the first texts, by their tokens, are one request: at least one.
    func count(of costs: some Sequence<Int>) -> Int {
        var (count, sum) = (0, 0)
        for cost in costs {
            sum += cost
            guard count < Self.mostTexts, sum <= tokens || count == 0 else { break }
            count += 1
        }
        return count
    }
}
