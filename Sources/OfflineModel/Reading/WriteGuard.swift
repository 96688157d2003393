/// What must not be done although it fits a sentence: a write is an order in words that nobody can read otherwise.
struct WriteGuard {
    let grammar: Grammar
    let text: RequestText

    /// Nil when the reading may be followed.
    func doubt(about reading: Reading, wasAsked: Bool) -> Doubt? {
        guard reading.intent.writes else { return nil }
        if text.hasStraySigns || text.hasOpenQuote { return .strayCharacters }
        // `could you delete a.md?` is an order, `delete a.md?` is none.
        if text.asks && !wasAsked { return .question }
        for (name, value) in reading.slots where value.isFree {
            if let place = reading.places[name], isUnclear(reading.tokens[place]) { return .unquoted(slot: name) }
        }
        return nil
    }

    private func isUnclear(_ words: ArraySlice<Token>) -> Bool {
        for (index, word) in zip(words.indices, words) {
            if grammar.guards.contains(word.folded) { return true }
            guard grammar.joiners.contains(word.folded) else { continue }
            // A second order comes soon behind such a word.
            if words[index...].dropFirst().prefix(3).contains(where: { grammar.verbs.contains($0.folded) }) { return true }
        }
        return false
    }
}
