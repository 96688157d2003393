internal import Settings

/// What must not be done although it fits a sentence: a write is an order in words that nobody can read otherwise.
struct WriteGuard {
    let grammar: Grammar
    let text: RequestText

    /// Nil when the reading may be followed.
    func doubt(about reading: Reading, wasAsked: Bool) -> Doubt? {
        guard reading.intent.writes else { return nil }
        if text.hasStraySigns || text.hasOpenQuote { return .strayCharacters }
        // `could you delete a.md?` is an order, `delete a.md?` is none.
        if text.asks && !wasAsked && !isAskedFor(reading) { return .question }
        if hasSeveralSentences(reading) { return .several }
        for (name, value) in reading.slots where value.isFree {
            if let place = reading.places[name], isUnclear(reading.tokens[place]) { return .unquoted(slot: name) }
        }
        return nil
    }

    /// `¿me borras a.md?`
    private func isAskedFor(_ reading: Reading) -> Bool {
        reading.language == .spanish && reading.tokens[reading.sentence.lowerBound].folded == "me"
    }

    /// `stash. Push` is no order to push the stash.
    private func hasSeveralSentences(_ reading: Reading) -> Bool {
        let words = reading.tokens[reading.sentence]
        return words.indices.dropFirst().contains { index in
            guard let sign = separator(before: index, in: words), sign != "," else { return false }
            return !reading.slots.contains { name, value in
                value.isFree && reading.places[name]?.contains(index) == true
            }
        }
    }

    private func isUnclear(_ words: ArraySlice<Token>) -> Bool {
        for (index, word) in zip(words.indices, words) {
            if grammar.guards.contains(word.folded) { return true }
            if index > words.startIndex, let sign = separator(before: index, in: words) {
                // A sentence ends here, or an order begins behind a comma.
                if sign != "," || isVerb(word) { return true }
            }
            guard grammar.joiners.contains(word.folded) else { continue }
            // A second order comes soon behind such a word.
            if words[index...].dropFirst().prefix(3).contains(where: isVerb) { return true }
        }
        return false
    }

    /// The punctuation between a word and the one before it.
    private func separator(before index: Int, in words: ArraySlice<Token>) -> Character? {
        let bytes = text.text.utf8
        let (last, next) = (words[index - 1].bytes.upperBound, words[index].bytes.lowerBound)
        guard last < next else { return nil }
        let gap = text.text[
            bytes.index(bytes.startIndex, offsetBy: last)..<bytes.index(bytes.startIndex, offsetBy: next)]
        return gap.first { ".;!?,\n:".contains($0) }.flatMap { $0 == ":" ? nil : $0 }
    }

    /// A verb of an order, also with what it is done to: `deshazlo`.
    private func isVerb(_ word: Token) -> Bool {
        if grammar.verbs.contains(word.folded) { return true }
        return ["lo", "la", "los", "las", "le", "les", "me", "te"].contains { ending in
            word.folded.hasSuffix(ending) && grammar.verbs.contains(String(word.folded.dropLast(ending.count)))
        }
    }
}
