/// The words of a wallet: twelve, fifteen, eighteen, twenty-one or twenty-four of them.
enum Mnemonic {
    static let all: [SecretRule] = ["mnemonic", "seed", "recovery", "semilla"].map { word in
        .shape(trigger: word) { text, index in named(word, text, index) }
    }

    private static let counts: Set<Int> = [12, 15, 18, 21, 24]
    private static let lower = Alphabet("abcdefghijklmnopqrstuvwxyz")
    /// None of them is in the list that wallets choose from, and no sentence goes without.
    private static let small: Set<String> = [
        "the", "and", "for", "was", "are", "not", "but", "with", "from", "has", "had", "its", "which", "into", "than",
        "los", "las", "una", "por", "del", "con", "que", "para",
    ]

    /// `seed phrase: legal winner thank …`, `MNEMONIC="…"`
    private static func named(_ word: String, _ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded(word, at: index), !text[index - 1].isLetter else { return nil }
        // What stands between the name and what it names.
        var start = index + word.utf8.count
        let limit = start + 40
        while start < limit, !"=:\n".utf8.contains(text[start]) { start += 1 }
        guard start < limit, text[start] != 0x0a else { return nil }
        start = text.end(of: Alphabet(" \t\"'`=:[\n"), from: start, atMost: 12)
        guard let words = words(in: text.bytes, from: start) else { return nil }
        return text.found(words, "mnemonic")
    }

    /// A line that is nothing but so many words as a wallet has.
    static func words(ofWholeLine line: Range<Int>, in bytes: [UInt8]) -> Range<Int>? {
        guard (12 * 4 - 1...24 * 9 + 20).contains(line.count) else { return nil }
        var range = line
        while let first = range.first, " \t\"'`+->".utf8.contains(bytes[first]) {
            range = (first + 1)..<range.upperBound
        }
        while let last = range.last, " \t\"'`,;".utf8.contains(bytes[last]) { range = range.lowerBound..<last }
        guard let words = words(in: bytes, from: range.lowerBound), words.upperBound == range.upperBound else {
            return nil
        }
        let text = bytes[words].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        return text.contains(where: small.contains) || Set(text).count < text.count - 2 ? nil : words
    }

    /// Words of three to eight small letters from here on, when they are as many as a wallet's.
    private static func words(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        var count = 0
        var end = start
        var at = start
        while at < bytes.count, count < 25 {
            var next = at
            while next < bytes.count, next - at < 9, lower.contains(bytes[next]) { next += 1 }
            guard (3...8).contains(next - at) else { break }
            count += 1
            end = next
            // Words may be separated by commas and quotes, as in a list.
            at = next
            var gap = 0
            while at < bytes.count, gap < 4, " ,\"'".utf8.contains(bytes[at]) { (at, gap) = (at + 1, gap + 1) }
            if gap == 0 { break }
        }
        return counts.contains(count) ? start..<end : nil
    }
}
