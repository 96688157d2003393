/// Which words of a grammar a word of a request may be.
struct WordCandidates {
    struct Candidate {
        /// In ``Grammar/words``.
        let word: Int
        let cost: Int
    }

    private let grammar: Grammar
    private let slips: Bool

    private static let homophone = 2
    private static let oneLetter = 3

    /// `slips`: also what a recogniser or a finger may have made of a word.
    init(_ grammar: Grammar, slips: Bool) {
        self.grammar = grammar
        self.slips = slips
    }

    func candidates(for tokens: [Token]) -> [[Candidate]] { tokens.map(candidates) }

    private func candidates(for token: Token) -> [Candidate] {
        guard !token.isQuoted else { return [] }
        let written = token.written.lowercased()
        let exact = grammar.words(folded: token.folded).filter { fits(written, grammar.words[$0]) }
        var found = exact.map { Candidate(word: $0, cost: 0) }
        guard slips else { return found }
        for meant in grammar.slips[token.folded] ?? [] {
            found += grammar.words(folded: Folding.folded(meant)).map { Candidate(word: $0, cost: Self.homophone) }
        }
        // A word of the grammar with another accent is another word, and no slip.
        guard found.isEmpty, !grammar.has(token.folded), token.folded.allSatisfy(\.isLetter),
            written.last?.isASCII == true
        else { return found }
        return near(token.folded)
    }

    /// Without accents a word is any of those that have them; with one on its last letter it is another: `borró` is
    /// no `borro`, `cree` is an order and `creé` a report.
    private func fits(_ written: String, _ word: Grammar.Word) -> Bool {
        if written == word.written || written.utf8.count == word.folded.utf8.count { return true }
        guard written.count > 3, let last = written.last, !last.isASCII else { return true }
        return word.written.last == last
    }

    private func near(_ folded: String) -> [Candidate] {
        let letters = Array(folded.utf8)
        let most = EditDistance.allowed(forLetters: letters.count)
        guard most > 0 else { return [] }
        var found: [Candidate] = []
        for (index, word) in grammar.words.enumerated() {
            let other = word.folded
            guard abs(other.utf8.count - letters.count) <= most, other.utf8.count > 2 else { continue }
            let bytes = Array(other.utf8)
            // `deleted` is no slip of `delete`, nor `elimino` of `elimina`: an ending says who did it, and when.
            guard bytes.last == letters.last || bytes.count == letters.count && bytes.sorted() == letters.sorted(),
                let distance = EditDistance.between(letters, bytes, most: most)
            else { continue }
            found.append(Candidate(word: index, cost: Self.oneLetter * distance))
        }
        return found
    }
}
