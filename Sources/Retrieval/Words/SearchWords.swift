/// The words of a text as full-text search knows them, the same way when it is stored and when it is asked for:
/// lower case, without accents, and an identifier both whole and in its parts (`parseHTTPResponse` is
/// `parsehttpresponse parse http response`). Words are letters and digits, so nothing in them is query syntax.
package enum SearchWords {
    /// PostgreSQL holds at most a megabyte of words a message; nobody looks for the ten-thousandth.
    private static let mostIndexed = 10_000
    private static let mostAsked = 24
    private static let longest = 64

    /// The words to index, for `to_tsvector('simple', …)`.
    package static func indexed(_ text: String) -> String {
        var words: [String] = []
        forEachWord(of: text) { word in
            words.append(word)
            return words.count < mostIndexed
        }
        return words.joined(separator: " ")
    }

    /// The distinct words to look for: without those that every question has, unless it has no others.
    package static func asked(_ text: String) -> [String] {
        var content: [String] = []
        var all: [String] = []
        forEachWord(of: text) { word in
            if !all.contains(word) {
                all.append(word)
                if !Stopwords.contains(word) { content.append(word) }
            }
            return content.count < mostAsked && all.count < 4 * mostAsked
        }
        return content.isEmpty ? Array(all.prefix(mostAsked)) : content
    }

    /// Calls `body` with each word, in order, until it says no.
    private static func forEachWord(of text: String, _ body: (String) -> Bool) {
        var parts = IdentifierParts()
        for scalar in text.unicodeScalars {
            switch LetterClass(scalar) {
            case .joiner where !parts.isEmpty: parts.breakPart()
            case .joiner, .other:
                guard give(parts, body) else { return }
                parts = IdentifierParts()
            case .mark: break
            case let letter: parts.append(scalar, letter)
            }
        }
        _ = give(parts, body)
    }

    private static func give(_ identifier: IdentifierParts, _ body: (String) -> Bool) -> Bool {
        let parts = identifier.parts
        if parts.count > 1 {
            let whole = parts.joined()
            if whole.utf8.count <= longest, !body(whole) { return false }
        }
        for part in parts where part.utf8.count <= longest {
            // A single letter finds nothing; a single digit or ideograph may.
            if part.utf8.count == 1, let byte = part.utf8.first, byte > UInt8(ascii: "9") { continue }
            if !body(part) { return false }
        }
        return true
    }
}

/// What a scalar is to the splitting of identifiers.
private enum LetterClass {
    case lower, upper, digit, joiner, mark, other

    init(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "a"..."z": self = .lower
        case "A"..."Z": self = .upper
        case "0"..."9": self = .digit
        case "_": self = .joiner
        case "\0"..."\u{7f}": self = .other
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter: self = .upper
            case .lowercaseLetter, .otherLetter, .modifierLetter: self = .lower
            case .decimalNumber: self = .digit
            case .nonspacingMark, .enclosingMark: self = .mark
            case .spacingMark: self = .lower
            default: self = .other
            }
        }
    }
}

/// One run of letters, digits and underscores, cut where its case or kind changes.
private struct IdentifierParts {
    private(set) var parts: [String] = []
    private var last: LetterClass?
    private var partLength = 0
    private var lastOriginal: Unicode.Scalar?
    private var isBroken = false

    var isEmpty: Bool { parts.isEmpty }

    mutating func breakPart() { isBroken = true }

    mutating func append(_ scalar: Unicode.Scalar, _ letter: LetterClass) {
        if parts.isEmpty || isBroken || startsPart(letter) {
            parts.append("")
            partLength = 0
        } else if letter == .lower, last == .upper, partLength > 1, let original = lastOriginal {
            // The last capital of `HTTPResponse`'s `HTTPR` begins the next part.
            let folded = Folding.folded(original)
            parts[parts.count - 1].removeLast(folded.count)
            parts.append(folded)
            partLength = 1
        }
        parts[parts.count - 1] += Folding.folded(scalar)
        partLength += 1
        last = letter
        lastOriginal = scalar
        isBroken = false
    }

    private func startsPart(_ letter: LetterClass) -> Bool {
        switch (last, letter) {
        case (.lower, .upper), (.digit, .lower), (.digit, .upper), (.lower, .digit), (.upper, .digit): true
        default: false
        }
    }
}
