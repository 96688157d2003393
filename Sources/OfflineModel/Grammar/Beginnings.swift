/// Works out what each node may begin with, and finds rules that begin with themselves: they would never end.
struct Beginnings {
    private let grammar: Grammar
    private var sets: [WordSet?]
    /// The node may match nothing.
    private var empty: [Bool]
    private var rulesOnTheWay: Set<Int> = []
    private(set) var ruleThatBeginsWithItself: String?

    init(_ grammar: Grammar) {
        self.grammar = grammar
        sets = Array(repeating: nil, count: grammar.nodes.count)
        empty = Array(repeating: false, count: grammar.nodes.count)
    }

    /// A set for each sentence and for the nodes that it may begin with; nil for the others.
    mutating func ofSentences() -> [WordSet?] {
        for intent in grammar.intents {
            for sentence in intent.sentences { _ = set(of: sentence) }
        }
        return sets
    }

    /// Whether a rule anywhere begins with itself.
    mutating func check() -> String? {
        for node in grammar.nodes.indices { _ = set(of: node) }
        return ruleThatBeginsWithItself
    }

    private mutating func set(of node: Int) -> WordSet {
        if let known = sets[node] { return known }
        var set = WordSet()
        switch grammar.nodes[node] {
        case .word(let word): set.insert(word)
        case .sequence(let first, let count): set = sequence(first, count, node)
        case .choice(let first, let count):
            for part in grammar.parts[first..<(first + count)] {
                set.formUnion(self.set(of: part))
                empty[node] = empty[node] || empty[part]
            }
        case .optional(let part):
            set = self.set(of: part)
            empty[node] = true
        case .rule(let rule): set = ofRule(rule, node)
        case .slot(let slot):
            if case .described(let rule) = grammar.slots[slot].type {
                set = ofRule(rule, node)
                empty[node] = false
            } else {
                set = .open
            }
        case .constant, .alias, .missing: empty[node] = true
        }
        if empty[node] { set.isOpen = true }
        sets[node] = set
        return set
    }

    private mutating func sequence(_ first: Int, _ count: Int, _ node: Int) -> WordSet {
        var set = WordSet()
        for part in grammar.parts[first..<(first + count)] {
            var next = self.set(of: part)
            // What may be left out leaves the beginning to what follows.
            if empty[part] { next.isOpen = opensByItself(part) }
            set.formUnion(next)
            if !empty[part] { return set }
        }
        empty[node] = true
        return set
    }

    /// Whether a node that may match nothing may also begin with what is no word.
    private func opensByItself(_ node: Int) -> Bool {
        switch grammar.nodes[node] {
        case .word, .constant, .alias, .missing: false
        case .slot(let slot): if case .described = grammar.slots[slot].type { sets[node]?.isOpen ?? true } else { true }
        case .optional(let part): opensByItself(part)
        case .rule(let rule): opensByItself(grammar.rules[rule].node)
        case .choice(let first, let count): grammar.parts[first..<(first + count)].contains(where: opensByItself)
        case .sequence(let first, let count): opensInSequence(grammar.parts[first..<(first + count)])
        }
    }

    private func opensInSequence(_ parts: ArraySlice<Int>) -> Bool {
        for part in parts {
            if opensByItself(part) { return true }
            if !empty[part] { return false }
        }
        return false
    }

    private mutating func ofRule(_ rule: Int, _ node: Int) -> WordSet {
        guard rulesOnTheWay.insert(rule).inserted else {
            ruleThatBeginsWithItself = grammar.rules[rule].name
            return .open
        }
        defer { rulesOnTheWay.remove(rule) }
        let target = grammar.rules[rule].node
        let set = self.set(of: target)
        empty[node] = empty[target]
        return set
    }
}
