/// Which messages are looked at for a question's words, and what each word is worth.
///
/// A ranking has to fetch every message that it ranks, and one with an embedding fills a page. So words are looked
/// for alone only while few messages have them; those that many have count in pairs. How many have a word the
/// database knows from its own statistics, which cost nothing to keep.
package struct WordQuery: Equatable {
    /// For `to_tsquery('simple', …)`: what a candidate has.
    package let candidates: String
    /// For `to_tsquery('simple', …)`: all words, for the ranking of candidates.
    package let ranking: String
    package let words: [String]
    /// A thousand times the inverse document frequency of each word.
    package let weights: [Int64]
    /// So few messages that every one of them may be looked at.
    package let isSmall: Bool

    package static let fewMessages = 1_000
    private static let mostCandidates = Double(fewMessages)
    /// Words in a larger share of messages say nothing, unless there are no others.
    private static let commonShare = 0.1
    private static let mostPaired = 6

    /// `shares` has the part of all messages that hold a word, for the words that are in many; `messages` is how many
    /// there are to look at.
    package init(words: [String], shares: [String: Double], messages: Int) {
        isSmall = messages <= Self.fewMessages
        let rarest = (shares.values.min() ?? 0) / 4
        func share(_ word: String) -> Double { shares[word] ?? rarest }
        func expected(_ words: [String]) -> Double {
            max(1, words.reduce(Double(messages)) { $0 * share($1) })
        }
        let byRarity = words.sorted { share($0) < share($1) }
        var terms: [String] = []
        var rest: [String] = []
        var sum = 0.0
        for word in byRarity {
            let isCommon = share(word) > Self.commonShare && messages > Self.fewMessages
            if !isCommon, sum + expected([word]) <= Self.mostCandidates {
                terms.append(word)
                sum += expected([word])
            } else {
                rest.append(word)
            }
        }
        let paired = rest.prefix(Self.mostPaired)
        for (index, first) in paired.enumerated() {
            for second in paired.dropFirst(index + 1) where sum + expected([first, second]) <= Self.mostCandidates {
                terms.append("(\(first) & \(second))")
                sum += expected([first, second])
            }
        }
        if terms.isEmpty { terms = [paired.joined(separator: " & ")] }
        candidates = terms.joined(separator: " | ")
        ranking = words.joined(separator: " | ")
        self.words = words
        weights = words.map { word in
            // Natural logarithm of a share in whole bits is near enough, and needs no C library.
            let commonness = max(share(word), 1 / Double(max(messages, 2)))
            return Int64(1000 * Self.logarithm(1 / min(commonness, 0.9)))
        }
    }

    /// The base-two logarithm of a number from 1 up, between whole ones by a straight line.
    private static func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }
}
