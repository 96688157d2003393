/// The requests of one language: sentences as a graph of nodes, and the lists of words that go with them.
struct Grammar: Sendable {
    /// One kind of request.
    struct Intent: Sendable, Hashable {
        let name: String
        let writes: Bool
        /// The piece that has to be built before it can be done.
        var later: String?
        /// One line for lists.
        var title = ""
        /// Sentences that fit, with slots in braces for what a repository has.
        var examples: [String] = []
        /// The roots of its sentences.
        var sentences: [Int] = []
    }

    struct Word: Sendable, Hashable {
        /// As the file has it.
        let written: String
        let folded: String
        /// Another word of the same folded form, or -1.
        var next = -1
    }

    var language = ""
    var intents: [Intent] = []
    var nodes: [GrammarNode] = []
    /// The parts of sequences and choices, nodes by their index.
    var parts: [Int] = []
    var slots: [GrammarSlot] = []
    /// What the nodes may begin with that sentences begin with; nil for the others.
    var beginnings: [WordSet?] = []
    var rules: [(name: String, node: Int)] = []
    var words: [Word] = []
    /// The last word of each folded form; ``Word/next`` leads to the others.
    var firstOfFolded: [String: Int] = [:]
    /// Taken off before a request: politeness, hesitation.
    var head: Int?
    /// The same, and it makes an order of what looks like a question: `could you …?`
    var asking: Int?
    /// Taken off behind a request.
    var tail: Int?
    /// Taken out wherever they stand.
    var anywhere: Set<String> = []
    var expansions: [String: [String]] = [:]
    /// What a recogniser writes for a word of the grammar: homophones.
    var slips: [String: [String]] = [:]
    var numbers: [String: Int] = [:]
    var numberJoiners: Set<String> = []
    /// Words for the signs in names: `dot`, `slash`.
    var spoken: [String: String] = [:]
    /// Words that are no name unless they are called one.
    var reserved: Set<String> = []
    /// Words that make a condition, a negation or a report of a text that is not in quotes.
    var guards: Set<String> = []
    /// Words behind which a second order may come.
    var joiners: Set<String> = []
    /// Verbs of orders.
    var verbs: Set<String> = []
    /// Words that speak of code.
    var codeWords: Set<String> = []
    /// What a recogniser is told of this language.
    var hint = ""
    /// Words for answers, such as months.
    var lists: [String: [String]] = [:]

    /// More words than this are in no sentence.
    static let mostWords = 80

    func has(_ folded: String) -> Bool { firstOfFolded[folded] != nil }

    /// The words of a folded form, by their index.
    func words(folded: String) -> [Int] {
        var found: [Int] = []
        var index = firstOfFolded[folded] ?? -1
        while index >= 0 {
            found.append(index)
            index = words[index].next
        }
        return found
    }

    /// Gives: its index; the same for the same word.
    mutating func addWord(_ written: String) -> Int {
        let written = written.lowercased()
        let folded = Folding.folded(written)
        for index in words(folded: folded) where words[index].written == written { return index }
        words.append(Word(written: written, folded: folded, next: firstOfFolded[folded] ?? -1))
        firstOfFolded[folded] = words.count - 1
        return words.count - 1
    }
}
