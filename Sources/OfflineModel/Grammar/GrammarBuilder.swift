/// A grammar while it is read: makes nodes, and each word, rule and slot once.
struct GrammarBuilder {
    var grammar = Grammar()
    private var ruleIndices: [String: Int] = [:]
    private var wordIndices: [ArraySlice<UInt8>: Int] = [:]
    private var slotNodes: [ArraySlice<UInt8>: Int] = [:]

    init() {
        grammar.nodes.reserveCapacity(20_000)
        grammar.parts.reserveCapacity(20_000)
        wordIndices.reserveCapacity(2_500)
    }

    private mutating func add(_ node: GrammarNode) -> Int {
        grammar.nodes.append(node)
        return grammar.nodes.count - 1
    }

    mutating func sequence(_ parts: [Int]) -> Int {
        if parts.count == 1 { return parts[0] }
        grammar.parts += parts
        return add(.sequence(grammar.parts.count - parts.count, count: parts.count))
    }

    mutating func choice(_ parts: [Int]) -> Int {
        grammar.parts += parts
        return add(.choice(grammar.parts.count - parts.count, count: parts.count))
    }

    mutating func optional(_ part: Int) -> Int { add(.optional(part)) }

    mutating func rule(_ name: String) -> Int { add(.rule(ruleIndex(name))) }

    mutating func missing(_ name: String) -> Int {
        grammar.slots.append(GrammarSlot(name: name))
        return add(.missing(grammar.slots.count - 1))
    }

    /// A contraction stands for the words that requests are cut into.
    mutating func words(_ bytes: ArraySlice<UInt8>) -> [Int] {
        if let node = wordIndices[bytes] { return [node] }
        let written = bytes.text
        let folded = Folding.folded(written)
        if let words = grammar.expansions[folded] { return words.flatMap { self.words(Array($0.utf8)[...]) } }
        grammar.words.append(Grammar.Word(written: written.lowercased(), folded: folded))
        let word = grammar.words.count - 1
        grammar.wordsByFolded[folded, default: []].append(word)
        let node = add(.word(word))
        wordIndices[bytes] = node
        return [node]
    }

    /// What stands in braces.
    mutating func slot(_ bytes: ArraySlice<UInt8>) -> Int {
        if let known = slotNodes[bytes] { return known }
        let node = newSlot(bytes.text)
        slotNodes[bytes] = node
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
            slot.type = self.type(type ?? name)
            slot.alias = alias ?? ""
        }
        grammar.slots.append(slot)
        let index = grammar.slots.count - 1
        return add(value != nil ? .constant(index) : alias != nil ? .alias(index) : .slot(index))
    }

    private mutating func type(_ name: String) -> SlotType {
        SlotType(name: name) ?? .described(ruleIndex("{" + name))
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
