extension Duration {
    /// Whole milliseconds, rounded towards zero. Beyond 2^40 seconds either way it is the largest or smallest `Int`.
    package var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 40 else { return .max }
        guard seconds > -(1 << 40) else { return .min }
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    /// Whole milliseconds to wait for: rounded up, so that nobody wakes before the deadline, and 0 for one that has
    /// passed, so that who only looks whether there is something does not wait for it.
    package var millisecondsToWait: Int {
        guard self > .zero else { return 0 }
        let whole = milliseconds
        return whole == .max || components.attoseconds % 1_000_000_000_000_000 == 0 ? whole : whole + 1
    }
}
