/// What is too far from a question to be put before a model: unrelated history does harm there.
///
/// Similarities of unrelated texts differ by model, so the floor does too: those of the E5 family lie between 0.7
/// and 0.8, those of text-embedding-3 below 0.2.
package enum Relevance {
    package static func lowestSimilarity(model: String) -> Double {
        let name = model.lowercased()
        if name.contains("e5") { return 0.82 }
        if name.contains("ada-002") { return 0.78 }
        if name.contains("text-embedding-3") { return 0.25 }
        return 0.3
    }

    /// How many of a question's words a text must have: two, or the one it has.
    package static func fewestWords(of asked: [String]) -> Int { min(2, asked.count) }
}
