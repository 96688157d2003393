/// What speaks for a text that was found: how near it is by meaning, and which of the question's words it has.
package struct Evidence: Sendable, Hashable {
    /// Cosine of the angle to the question; nil where there is no vector of the model.
    package var similarity: Double?
    /// Of the question's words, weighed by how much each tells, the part that it has: 0 to 1.
    package var wordShare: Double

    package init(similarity: Double?, wordShare: Double) {
        self.similarity = similarity
        self.wordShare = wordShare
    }

    /// What all of a question's words are worth beside meaning, in spreads of the nearest.
    private static let worthOfWords = 1.5
    /// So many of the nearest say what similarity is usual here.
    private static let nearest = 60
    /// Where they hardly differ, similarity says little.
    private static let leastSpread = 0.01

    /// A score for each; only their order means anything.
    ///
    /// Similarities of one model lie close together and of another wide apart, so what counts is how far one stands out
    /// of the nearest. Words count by the square of their share: a text with all of them is likely meant, and one that has a
    /// word or two which many others have, too, says nothing against one that means the same in other words, or in another
    /// language. What has no vector yet counts as one of the nearest, and by its words.
    package static func scores(of all: [Evidence]) -> [Double] {
        let known = all.compactMap(\.similarity).sorted(by: >).prefix(nearest)
        let mean = known.reduce(0, +) / Double(max(known.count, 1))
        let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(known.count, 1))
        let spread = max(variance.squareRoot(), leastSpread)
        return all.map { evidence in
            let standing = evidence.similarity.map { ($0 - mean) / spread } ?? 0
            return standing + worthOfWords * evidence.wordShare * evidence.wordShare
        }
    }
}
