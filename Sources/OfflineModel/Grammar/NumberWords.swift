/// Numbers as they are written and spoken in English and Spanish.
enum NumberWords {
    private static let words: [String: Int] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
        "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
        "diez": 10,
        "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cincuenta": 50, "cien": 100,
    ]

    static func value(of plain: String) -> Int? { Int(plain) ?? words[plain] }

    /// The number beside one of the words: `last 3 commits`, `3 last commits`, `3 commits`.
    static func count(of nouns: Set<String>, in words: RequestWords) -> Int? {
        for (index, word) in words.plain.enumerated() where nouns.contains(word) {
            for before in stride(from: index - 1, through: max(0, index - 3), by: -1) {
                if let value = value(of: words.plain[before]), value > 0 { return value }
            }
        }
        return nil
    }
}
