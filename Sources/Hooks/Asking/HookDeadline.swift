/// The one total deadline of a hook: from the process's start to the last byte written.
package struct HookDeadline: Sendable {
    package let total: Duration
    private let start: ContinuousClock.Instant

    package init(total: Duration, start: ContinuousClock.Instant = .now) {
        self.total = total
        self.start = start
    }

    /// What a model may take: some is kept for writing the answer down, also on a machine that is busy.
    package var remaining: Duration {
        max(.zero, total - min(.milliseconds(700), total * 2 / 5) - (ContinuousClock.now - start))
    }

    /// Such as `8 s`.
    package var words: String {
        let (seconds, fraction) = total.components
        return fraction == 0 ? "\(seconds) s" : "\(seconds * 1000 + fraction / 1_000_000_000_000_000) ms"
    }
}
