extension SlotReader {
    /// Words that nobody has to understand.
    func free(at start: Int, mustBeQuoted: Bool) -> [Found] {
        let token = tokens[start]
        if token.isQuoted {
            return [Found(end: start + 1, value: SlotValue(.text(token.written), said: token.written), cost: 0)]
        }
        guard !mustBeQuoted else { return [] }
        var found: [Found] = []
        for end in (start + 1)...tokens.count {
            if tokens[end - 1].isQuoted { break }
            let words = said(start, end)
            var value = SlotValue(.text(words), said: words)
            value.isFree = true
            found.append(Found(end: end, value: value, cost: end - start))
        }
        return found
    }

    /// A question about code speaks of code, or of something that has a name here: anything else may be about the world.
    func code(at start: Int) -> [Found] {
        if tokens[start].isQuoted { return free(at: start, mustBeQuoted: true) }
        guard has(.files) else { return [] }
        var found: [Found] = []
        for end in (start + 1)...min(start + 8, tokens.count) {
            if tokens[end - 1].isQuoted { break }
            guard tokens[start..<end].contains(where: speaksOfCode) else { continue }
            let words = said(start, end)
            found.append(Found(end: end, value: SlotValue(.text(words), said: words), cost: end - start))
        }
        return found
    }

    private func speaksOfCode(_ token: Token) -> Bool {
        if grammar.codeWords.contains(token.folded) || names.paths?.words.contains(token.folded) == true { return true }
        // parseHTTPResponse, parse_response
        let isIdentifier = token.written.contains("_") || token.written.dropFirst().contains(where: \.isUppercase)
        return isIdentifier && token.written.contains(where: \.isLowercase)
    }
}
