/// A stretch of a request that fits a node of a grammar.
struct Partial: Hashable {
    struct Capture: Hashable {
        enum Kind: Hashable {
            case slot(SlotValue)
            case missing
            /// A word of the grammar that was not written as such.
            case slip(word: Int)
        }

        let name: String
        let kind: Kind
        /// The words that it took.
        let tokens: Range<Int>
    }

    var end: Int
    /// The more, the less likely: free text, names that are not there, slips.
    var cost = 0
    var captures: [Capture] = []

    /// Nil when a slot would be filled twice.
    func followed(by next: Partial) -> Partial? {
        if captures.isEmpty { return Partial(end: next.end, cost: cost + next.cost, captures: next.captures) }
        if next.captures.isEmpty { return Partial(end: next.end, cost: cost + next.cost, captures: captures) }
        for capture in next.captures where !capture.name.isEmpty {
            if captures.contains(where: { $0.name == capture.name }) { return nil }
        }
        return Partial(end: next.end, cost: cost + next.cost, captures: captures + next.captures)
    }
}
