internal import Assistant

/// Which turns and hits fit into a number of tokens: whole ones only.
struct RecallBudget {
    /// The session's own turns take at most this share when there are hits too: a long answer a minute ago must not
    /// hide what was said a month ago.
    private static let shareOfTurns = 0.75
    /// What a message's date, role and separators cost besides its text.
    private static let framing = 12

    let tokens: Int

    static func cost(_ messages: [RecalledMessage]) -> Int {
        messages.reduce(0) { $0 + TokenEstimate.tokens(in: $1.content) + framing }
    }

    /// Of the turns (oldest first), the latest that fit are kept, without a gap; of the hits (best first), one that
    /// does not fit is passed over for a shorter one.
    func pick(turns: [[RecalledMessage]], hits: [[RecalledMessage]]) -> RecalledContext {
        var left = tokens
        var kept: [[RecalledMessage]] = []
        let forTurns = hits.isEmpty ? tokens : Int(Double(tokens) * Self.shareOfTurns)
        for (age, turn) in turns.reversed().enumerated() {
            let cost = Self.cost(turn)
            guard tokens - left + cost <= (age == 0 ? tokens : forTurns) else { break }
            left -= cost
            kept.append(turn)
        }
        var taken: [RecalledMessage] = []
        for hit in hits {
            let cost = Self.cost(hit)
            guard cost <= left else { continue }
            left -= cost
            taken += hit
        }
        return RecalledContext(turns: kept.reversed().flatMap(\.self), hits: taken)
    }
}
