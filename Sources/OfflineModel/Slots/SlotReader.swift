/// Finds what may fill a slot at a place of a request, and how far it reaches.
final class SlotReader {
    struct Found {
        let end: Int
        let value: SlotValue
        /// The more, the less likely.
        let cost: Int
    }

    let grammar: Grammar
    let text: RequestText
    let names: KnownNames
    /// Also names that are nearly what was said.
    let nearly: Bool
    /// The names that were asked for and have not been looked up.
    private(set) var wanted: Set<NameKind> = []

    /// Names that are spelled out in words are no longer than this.
    private static let longestName = 14

    init(grammar: Grammar, text: RequestText, names: KnownNames, nearly: Bool) {
        self.grammar = grammar
        self.text = text
        self.names = names
        self.nearly = nearly
    }

    var tokens: [Token] { text.tokens }

    func values(_ type: SlotType, at start: Int) -> [Found] {
        guard start < tokens.count else { return [] }
        switch type {
        case .count: return numbers(at: start, most: 1_000_000)
        case .number: return numbers(at: start, most: 100_000_000)
        case .writtenDay: return writtenDay(at: start)
        case .year:
            return numbers(at: start, most: 9_999).filter { $0.value.said.count == 4 && ($0.value.number ?? 0) > 1_900 }
        case .person: return people(at: start)
        case .ref, .branch, .tag, .remote: return references(type, at: start)
        case .range: return range(at: start)
        case .path, .place, .directory: return paths(type, at: start)
        case .newPath, .anyPath, .newName, .anyName, .fileName: return newNames(type, at: start)
        case .word: return word(at: start)
        case .text: return free(at: start, mustBeQuoted: false)
        case .quoted: return free(at: start, mustBeQuoted: true)
        case .code: return code(at: start)
        case .described: return []
        }
    }

    /// Whether names of a kind are there; asks for them otherwise.
    func has(_ kind: NameKind) -> Bool {
        if names.has(kind) { return true }
        wanted.insert(kind)
        return false
    }

    /// The stretches of words from here on that may be one name.
    func stretches(at start: Int) -> [(end: Int, name: SpokenName)] {
        var found: [(Int, SpokenName)] = []
        for end in (start + 1)...min(start + Self.longestName, tokens.count) {
            let part = tokens[start..<end]
            if part.count > 1, part.contains(where: \.isQuoted) { break }
            let name = SpokenName(part, grammar)
            if part.count > 3, !name.hasSign, !name.isSpelled { continue }
            found.append((end, name))
        }
        return found
    }

    func said(_ start: Int, _ end: Int) -> String { text.written(start..<end) }

    func isKnownWord(_ token: Token) -> Bool { grammar.has(token.folded) }

    func isReserved(_ token: Token) -> Bool { !token.isQuoted && grammar.reserved.contains(token.folded) }

    private func numbers(at start: Int, most: Int) -> [Found] {
        let token = tokens[start]
        guard !token.isQuoted else { return [] }
        let digits = token.written.hasPrefix("#") ? token.written.dropFirst() : token.written[...]
        if let number = Int(digits), number >= 0, number <= most, digits.allSatisfy(\.isNumber) {
            return [Found(end: start + 1, value: SlotValue(.number(number), said: token.written), cost: 0)]
        }
        guard let number = NumberWords.number(at: start, in: tokens[...], grammar) else { return [] }
        let value = SlotValue(.number(number.value), said: said(start, number.end))
        return [Found(end: number.end, value: value, cost: 0)]
    }

    private func writtenDay(at start: Int) -> [Found] {
        let token = tokens[start]
        let parts = token.written.split(
            separator: token.written.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 2 && parts[0].count == 4 && !token.written.contains("/"),
            parts.allSatisfy({ !$0.isEmpty && $0.count <= 4 && $0.allSatisfy { ("0"..."9").contains($0) } })
        else { return [] }
        return [Found(end: start + 1, value: SlotValue(.text(token.written), said: token.written), cost: 0)]
    }

    private func word(at start: Int) -> [Found] {
        let token = tokens[start]
        guard !isReserved(token), token.written.contains(where: \.isLetter) else { return [] }
        return [
            Found(end: start + 1, value: SlotValue(.text(token.written.lowercased()), said: token.written), cost: 1)
        ]
    }
}
