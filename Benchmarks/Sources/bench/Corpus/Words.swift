import Glibc

/// Texts of invented words, as often each as words are in a language: the tenth is ten times as rare as the first.
enum Words {
    private static let vocabulary = 20_000
    private static let syllables: [String] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"].flatMap {
        consonant in ["a", "e", "i", "o", "u"].map { consonant + $0 }
    }

    /// Four syllables: no word of any language, and no stop word.
    static func word(_ rank: Int) -> String {
        let count = syllables.count
        return syllables[rank % count] + syllables[rank / count % count] + syllables[rank / (count * count) % count]
            + "x"
    }

    /// Distinct words in their order; `rarerThan` leaves out the commonest.
    static func text(_ count: Int, rarerThan: Int = 1, seed: UInt64) -> [String] {
        var random = RandomNumbers(seed: seed)
        var words: [String] = []
        while words.count < count {
            let spread = log(Double(vocabulary) / Double(rarerThan))
            let word = word(Int(Double(rarerThan) * exp(random.uniform() * spread)))
            if !words.contains(word) { words.append(word) }
        }
        return words
    }
}
