/// Numbers in words: `five`, `twenty-one`, `thirty four`, `treinta y cuatro`.
enum NumberWords {
    static func number(
        at start: Int, in tokens: ArraySlice<Token>, _ grammar: Grammar
    ) -> (value: Int, end: Int)? {
        guard start < tokens.endIndex, !tokens[start].isQuoted else { return nil }
        if let whole = compound(tokens[start].folded, grammar) { return (whole, start + 1) }
        guard let first = grammar.numbers[tokens[start].folded] else { return nil }
        var (value, end) = (first, start + 1)
        // One hundred, two hundred.
        if end < tokens.endIndex, first < 10, first > 0, grammar.numbers[tokens[end].folded] == 100 {
            value *= 100
            end += 1
        }
        if value >= 100, let rest = tail(at: end, below: 100, in: tokens, grammar) {
            return (value + rest.value, rest.end)
        }
        guard value >= 20, value < 100, value % 10 == 0, let unit = tail(at: end, below: 10, in: tokens, grammar) else {
            return (value, end)
        }
        return (value + unit.value, unit.end)
    }

    private static func tail(
        at start: Int, below limit: Int, in tokens: ArraySlice<Token>, _ grammar: Grammar
    ) -> (value: Int, end: Int)? {
        var start = start
        if start < tokens.endIndex, grammar.numberJoiners.contains(tokens[start].folded) { start += 1 }
        guard start < tokens.endIndex, !tokens[start].isQuoted, let value = grammar.numbers[tokens[start].folded],
            value > 0, value < limit
        else { return nil }
        if value >= 20, value % 10 == 0, let unit = tail(at: start + 1, below: 10, in: tokens, grammar) {
            return (value + unit.value, unit.end)
        }
        return (value, start + 1)
    }

    /// `twenty-one`
    private static func compound(_ word: String, _ grammar: Grammar) -> Int? {
        let parts = word.split(separator: "-")
        guard parts.count == 2, let tens = grammar.numbers[String(parts[0])], tens >= 20, tens % 10 == 0,
            let unit = grammar.numbers[String(parts[1])], (1..<10).contains(unit)
        else { return nil }
        return tens + unit
    }
}
