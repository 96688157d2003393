/// Cuts a request into words, in one pass over its bytes' characters.
struct TokenCutter {
    private let characters: [(character: Character, start: Int)]
    private let expansions: [String: [String]]
    private let mostTokens: Int
    private let length: Int
    private(set) var tokens: [Token] = []
    private(set) var asks = false
    private(set) var hasOpenQuote = false
    private(set) var hasStraySigns = false

    private static let quotes: [Character: Character] = [
        "\"": "\"", "`": "`", "«": "»", "“": "”", "„": "“", "'": "'", "‘": "’", "”": "”",
    ]
    /// A word has no more characters: what is longer is cut off with the rest of the request.
    private static let mostCharacters = 200_000

    init(_ text: String, expansions: [String: [String]], mostTokens: Int) {
        var start = 0
        var characters: [(Character, Int)] = []
        for character in text.prefix(Self.mostCharacters) {
            characters.append((character, start))
            start += character.utf8.count
        }
        self.characters = characters
        self.expansions = expansions
        self.mostTokens = mostTokens
        length = start
    }

    mutating func cut() {
        var index = 0
        while index < characters.count, tokens.count < mostTokens {
            let character = characters[index].character
            if character.isWhitespace {
                index += 1
            } else if let close = Self.quotes[character], let end = quoteEnd(from: index, close) {
                append(index + 1, end, isQuoted: true)
                index = end + 1
            } else {
                index = word(from: index)
            }
        }
    }

    /// Where a quote that opens here is closed; nil when it is none. An apostrophe opens one only before a word and
    /// closes one only behind it.
    private mutating func quoteEnd(from start: Int, _ close: Character) -> Int? {
        let isSingle = close == "'" || close == "’"
        var index = start + 1
        while index < characters.count {
            let character = characters[index].character
            if character == close, !isSingle || isWordEnd(index + 1) { return index }
            index += 1
        }
        if !isSingle { hasOpenQuote = true }
        return nil
    }

    private func isWordEnd(_ index: Int) -> Bool {
        guard index < characters.count else { return true }
        let next = characters[index].character
        return next.isWhitespace || next.isPunctuation
    }

    private mutating func word(from start: Int) -> Int {
        var end = start
        while end < characters.count {
            let character = characters[end].character
            if character.isWhitespace { break }
            if end > start, let close = Self.quotes[character], close != "'", close != "’" { break }
            end += 1
        }
        var (first, last) = (start, end)
        while first < last, isOuter(first, before: last) {
            note(characters[first].character)
            first += 1
        }
        while first < last, isTrailing(characters[last - 1].character) {
            note(characters[last - 1].character)
            last -= 1
        }
        if first < last { append(first, last, isQuoted: false) }
        return end
    }

    /// Punctuation before a word; a dot, a slash or a dash may begin a name.
    private func isOuter(_ index: Int, before last: Int) -> Bool {
        let character = characters[index].character
        if character == "." || character == "/" || character == "-" || character == "~" {
            guard index + 1 < last else { return true }
            let next = characters[index + 1].character
            return !(isPart(next) || next == "/" || next == "-" || next == ".")
        }
        return !isPart(character) && character != "#" && character != "_" && character != "@"
    }

    private func isTrailing(_ character: Character) -> Bool {
        !isPart(character) && character != "/" && character != "_" && character != "+" && character != "*"
    }

    private func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    private mutating func note(_ character: Character) {
        if character == "?" || character == "¿" { asks = true }
        for scalar in character.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .otherSymbol, .format, .control, .privateUse, .unassigned, .surrogate: hasStraySigns = true
            default: break
            }
        }
    }

    private mutating func append(_ first: Int, _ last: Int, isQuoted: Bool) {
        var written = String(characters[first..<last].map(\.character))
        let bytes = characters[first].start..<(last < characters.count ? characters[last].start : length)
        if isQuoted {
            tokens.append(
                Token(written, bytes: first < last ? bytes : bytes.lowerBound..<bytes.lowerBound, isQuoted: true))
            return
        }
        let plain = written.unicodeScalars.filter { $0.properties.generalCategory != .format }
        if plain.count != written.unicodeScalars.count {
            hasStraySigns = true
            written = String(String.UnicodeScalarView(plain))
        }
        let folded = Folding.folded(written)
        if let words = expansions[folded] {
            tokens += words.map { Token($0, bytes: bytes) }
        } else if folded.hasSuffix("'s"), folded.utf8.count > 2 {
            tokens.append(Token(String(written.dropLast(2)), bytes: bytes))
            tokens.append(Token("'s", bytes: bytes))
        } else {
            tokens.append(Token(written, bytes: bytes))
        }
    }
}
