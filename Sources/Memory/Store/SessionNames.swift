/// Keys of sessions that were not given one: four syllables, easy to say and to type, such as `lomi-taku`.
enum SessionKey {
    static func fresh() -> String {
        func syllable() -> String {
            let consonants = Array("bdfgklmnprstvz")
            let vowels = Array("aeiou")
            return String([consonants[Int.random(in: 0..<14)], vowels[Int.random(in: 0..<5)]])
        }
        return "\(syllable())\(syllable())-\(syllable())\(syllable())\(Int.random(in: 2...9))"
    }
}

/// What a session is called in a list: the first line of its first message.
enum SessionTitle {
    static let longest = 80

    static func of(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
        let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= longest ? words : words.prefix(longest - 1) + "…"
    }
}
