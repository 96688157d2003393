/// A grammar while it is read: makes nodes, and each word, rule and slot once.
struct GrammarBuilder {
    let bytes: [UInt8]
    var grammar = Grammar()
    /// Nodes that are no part of another one yet.
    var pending: [Int] = []
    private var wordNodes: ByteTable
    private var ruleNodes: ByteTable
    private var slotNodes: ByteTable
    private var ruleIndices: [String: Int] = [:]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        wordNodes = ByteTable(bytes, capacity: 4_000)
        ruleNodes = ByteTable(bytes, capacity: 500)
        slotNodes = ByteTable(bytes, capacity: 1_000)
        grammar.nodes.reserveCapacity(16_000)
        grammar.parts.reserveCapacity(32_000)
        grammar.words.reserveCapacity(4_000)
        grammar.firstOfFolded.reserveCapacity(4_000)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func add(_ node: GrammarNode) -> Int {
        grammar.nodes.append(node)
        return grammar.nodes.count - 1
    }

    /// Of the pending nodes from a mark on.
    mutating func sequence(from mark: Int) -> Int {
        let count = pending.count - mark
        if count == 1 { return pending.removeLast() }
        let first = movePending(from: mark)
        return add(.sequence(first, count: count))
    }

    mutating func choice(from mark: Int) -> Int {
        let count = pending.count - mark
        if count == 1 { return pending.removeLast() }
        let first = movePending(from: mark)
        return add(.choice(first, count: count))
    }

    private mutating func movePending(from mark: Int) -> Int {
        let first = grammar.parts.count
        grammar.parts.append(contentsOf: pending[mark...])
        pending.removeLast(pending.count - mark)
        return first
    }

    mutating func optional(_ part: Int) -> Int { add(.optional(part)) }

    mutating func missing(_ range: Range<Int>) -> Int {
        grammar.slots.append(GrammarSlot(name: text(range)))
        return add(.missing(grammar.slots.count - 1))
    }

    mutating func rule(_ range: Range<Int>, _ hash: UInt32) -> Int {
        if let known = ruleNodes.value(of: range, hash: hash) { return known }
        let node = add(.rule(ruleIndex(text(range))))
        ruleNodes.insert(range, hash: hash, value: node)
        return node
    }

    /// A contraction stands for the words that requests are cut into.
    mutating func appendWords(_ range: Range<Int>, _ hash: UInt32) {
        if let known = wordNodes.value(of: range, hash: hash) {
            pending.append(known)
            return
        }
        let written = text(range)
        if let words = grammar.expansions[Folding.folded(written)] {
            for word in words { pending.append(newWord(word)) }
            return
        }
        let node = newWord(written)
        wordNodes.insert(range, hash: hash, value: node)
        pending.append(node)
    }

    private mutating func newWord(_ written: String) -> Int {
        let word = grammar.addWord(written)
        return add(.word(word))
    }

    /// What stands in braces.
    mutating func slot(_ range: Range<Int>, _ hash: UInt32) -> Int {
        if let known = slotNodes.value(of: range, hash: hash) { return known }
        let node = newSlot(text(range))
        slotNodes.insert(range, hash: hash, value: node)
        return node
    }

    private mutating func newSlot(_ text: String) -> Int {
        let (named, value) = Self.cut(text, at: "=")
        let (left, alias) = value == nil ? Self.cut(text, at: "~") : (named, nil)
        let (name, type) = Self.cut(left, at: ":")
        var slot = GrammarSlot(name: name)
        if let value {
            slot.value = SlotConstant(value)
        } else {
            slot.type = SlotType(name: type ?? name) ?? .described(ruleIndex("{" + (type ?? name)))
            slot.alias = alias ?? ""
        }
        grammar.slots.append(slot)
        let index = grammar.slots.count - 1
        return add(value != nil ? .constant(index) : alias != nil ? .alias(index) : .slot(index))
    }

    mutating func ruleIndex(_ name: String) -> Int {
        if let known = ruleIndices[name] { return known }
        grammar.rules.append((name, -1))
        ruleIndices[name] = grammar.rules.count - 1
        return grammar.rules.count - 1
    }

    private static func cut(_ text: String, at sign: Character) -> (String, String?) {
        guard let index = text.firstIndex(of: sign) else { return (text, nil) }
        return (String(text[..<index]), String(text[text.index(after: index)...]))
    }
}
