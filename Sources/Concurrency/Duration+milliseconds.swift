extension Duration {
    /// Whole milliseconds, rounded towards zero. Who waits for a deadline waits one more, so as not to wake before it.
    /// Beyond 2^40 seconds either way it is the largest or smallest `Int`.
    package var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 40 else { return .max }
        guard seconds > -(1 << 40) else { return .min }
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
