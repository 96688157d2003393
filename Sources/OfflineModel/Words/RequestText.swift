/// A request cut into words.
struct RequestText: Sendable {
    let text: String
    var tokens: [Token]
    /// It has a question mark outside of quotes.
    var asks = false
    /// A quote was opened and not closed.
    var hasOpenQuote = false
    /// There are signs beside words that nobody can account for: emoji, marks of direction, control characters.
    var hasStraySigns = false

    /// `mostTokens`: a request of more words is cut there: nothing that long is understood.
    init(_ text: String, expansions: [String: [String]] = [:], mostTokens: Int = .max) {
        self.text = text
        tokens = []
        var cutter = TokenCutter(text, expansions: expansions, mostTokens: mostTokens)
        cutter.cut()
        tokens = cutter.tokens
        asks = cutter.asks
        hasOpenQuote = cutter.hasOpenQuote
        hasStraySigns = cutter.hasStraySigns
    }

    /// What was written from one token to another, inclusive.
    func written(_ range: Range<Int>) -> String {
        guard let first = range.first.map({ tokens[$0] }), let last = range.last.map({ tokens[$0] }) else { return "" }
        if range.count == 1 { return first.written }
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: first.bytes.lowerBound)
        let end = bytes.index(bytes.startIndex, offsetBy: last.bytes.upperBound)
        return String(text[start..<end])
    }
}
