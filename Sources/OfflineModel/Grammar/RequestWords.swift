/// A request cut into words: each as it was written and as it is compared (lower case, without accents and
/// outer punctuation). Texts in quotes stay one word.
struct RequestWords: Sendable, Hashable {
    struct Word: Sendable, Hashable {
        let written: String
        let plain: String
        let isQuoted: Bool
    }

    let text: String
    let words: [Word]

    init(_ text: String) {
        self.text = text
        words = Self.joinSpokenNames(Self.split(text))
    }

    init(words: [Word]) {
        self.words = words
        text = words.map(\.written).joined(separator: " ")
    }

    var plain: [String] { words.map(\.plain) }

    /// True when one of the words stands in the request, unquoted.
    func has(_ candidates: Set<String>) -> Bool {
        words.contains { !$0.isQuoted && candidates.contains($0.plain) }
    }

    func has(_ candidates: String...) -> Bool { has(Set(candidates)) }

    /// True when these words follow each other.
    func hasPhrase(_ phrase: String) -> Bool { index(ofPhrase: phrase) != nil }

    /// The position behind a phrase; nil when it is not there.
    func index(ofPhrase phrase: String) -> Int? {
        let wanted = phrase.split(separator: " ").map(String.init)
        guard wanted.count <= words.count else { return nil }
        for start in 0...(words.count - wanted.count) {
            let window = words[start..<(start + wanted.count)]
            if zip(window, wanted).allSatisfy({ !$0.isQuoted && $0.plain == $1 }) { return start + wanted.count }
        }
        return nil
    }

    /// What stands behind the first of the phrases that is there, as it was written.
    func rest(behind phrases: [String]) -> RequestWords? {
        for phrase in phrases {
            if let index = index(ofPhrase: phrase), index < words.count {
                return RequestWords(words: Array(words[index...]))
            }
        }
        return nil
    }

    /// The text without quotes around it and without the period that ends a sentence.
    var content: String {
        if words.count == 1, let only = words.first { return only.isQuoted ? only.written : Self.trimmed(only.written) }
        return Self.trimmed(words.map(\.written).joined(separator: " "))
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let last = text.last, last == "." || last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }

    private static let openings: [Character: Character] = [
        "\"": "\"", "`": "`", "«": "»", "“": "”", "'": "'", "‘": "’",
    ]

    private static func split(_ text: String) -> [Word] {
        var words: [Word] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if let closing = openings[first], let end = rest.dropFirst().firstIndex(of: closing) {
                let inner = String(rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
                if !inner.isEmpty { words.append(Word(written: inner, plain: fold(inner), isQuoted: true)) }
            } else {
                let token = rest.prefix { !$0.isWhitespace }
                rest = rest[token.endIndex...]
                let plain = fold(token).drop { "¿¡([{,;:!?\"'«“".contains($0) }
                words.append(Word(written: String(token), plain: trimmingEnd(plain), isQuoted: false))
            }
        }
        return words
    }

    private static func trimmingEnd(_ text: Substring) -> String {
        var text = text
        while let last = text.last, ".,;:!?)]}\"'»”".contains(last) { text.removeLast() }
        return String(text)
    }

    /// `notes dot md` and `notas punto md`, as they are spoken, are one name.
    private static func joinSpokenNames(_ words: [Word]) -> [Word] {
        var joined: [Word] = []
        var index = 0
        while index < words.count {
            let word = words[index]
            if ["dot", "punto"].contains(word.plain), !word.isQuoted, let before = joined.last, index + 1 < words.count
            {
                let after = words[index + 1]
                joined[joined.count - 1] = Word(
                    written: before.written + "." + after.written, plain: before.plain + "." + after.plain,
                    isQuoted: false)
                index += 2
            } else {
                joined.append(word)
                index += 1
            }
        }
        return joined
    }

    private static let accents: [Character: Character] = [
        "á": "a", "à": "a", "â": "a", "ä": "a", "ã": "a", "é": "e", "è": "e", "ê": "e", "ë": "e", "í": "i", "ì": "i",
        "î": "i", "ï": "i", "ó": "o", "ò": "o", "ô": "o", "ö": "o", "õ": "o", "ú": "u", "ù": "u", "û": "u", "ü": "u",
        "ñ": "n", "ç": "c",
    ]

    static func fold(_ text: some StringProtocol) -> String {
        String(text.lowercased().map { accents[$0] ?? $0 })
    }
}
