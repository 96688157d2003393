/// Fits a request to the nodes of a grammar: all ways in which a node may match from a word on, each worked out once.
final class Matcher {
    private let grammar: Grammar
    private let reader: SlotReader
    private let count: Int
    /// Words of the grammar that a word of the request may be, with what that costs.
    private let candidates: [[WordCandidates.Candidate]]
    /// The same words, as sets.
    private let beginnings: [WordSet]
    private var known: [Int: [Partial]] = [:]

    /// A node that fits in more ways than this keeps the likeliest.
    private static let mostWays = 64

    init(grammar: Grammar, reader: SlotReader, slips: Bool) {
        self.grammar = grammar
        self.reader = reader
        count = reader.tokens.count
        candidates = WordCandidates(grammar, slips: slips).candidates(for: reader.tokens)
        beginnings = candidates.map { words in
            var set = WordSet()
            for candidate in words { set.insert(candidate.word) }
            return set
        }
    }

    func partials(of node: Int, at start: Int) -> [Partial] {
        if let set = grammar.beginnings[node], !set.meets(start < count ? beginnings[start] : WordSet()) { return [] }
        switch grammar.nodes[node] {
        case .word(let word): return self.word(word, at: start)
        case .sequence(let first, let count): return sequence(grammar.parts[first..<(first + count)], at: start)
        case .choice(let first, let count):
            var partials: [Partial] = []
            for part in grammar.parts[first..<(first + count)] { partials += self.partials(of: part, at: start) }
            return pruned(partials)
        case .optional(let part): return pruned([Partial(end: start)] + partials(of: part, at: start))
        case .rule(let rule): return remembered(node, start) { partials(of: grammar.rules[rule].node, at: start) }
        case .slot(let slot): return remembered(node, start) { self.slot(grammar.slots[slot], at: start) }
        case .constant(let slot):
            return [capturing(grammar.slots[slot].name, .slot(SlotValue(grammar.slots[slot].value)), start..<start)]
        case .alias(let slot):
            let slot = grammar.slots[slot]
            return reader.alias(slot.alias, slot.type).map { [capturing(slot.name, .slot($0), start..<start)] } ?? []
        case .missing(let slot): return [capturing(grammar.slots[slot].name, .missing, start..<start)]
        }
    }

    private func capturing(_ name: String, _ kind: Partial.Capture.Kind, _ tokens: Range<Int>, cost: Int = 0) -> Partial
    {
        Partial(
            end: tokens.upperBound, cost: cost, captures: [Partial.Capture(name: name, kind: kind, tokens: tokens)])
    }

    private func word(_ word: Int, at start: Int) -> [Partial] {
        guard start < count, let candidate = candidates[start].first(where: { $0.word == word }) else { return [] }
        if candidate.cost == 0 { return [Partial(end: start + 1)] }
        return [capturing("", .slip(word: word), start..<(start + 1), cost: candidate.cost)]
    }

    private func sequence(_ parts: ArraySlice<Int>, at start: Int) -> [Partial] {
        var partials = [Partial(end: start)]
        for part in parts {
            var next: [Partial] = []
            for before in partials {
                for after in self.partials(of: part, at: before.end) {
                    if let both = before.followed(by: after) { next.append(both) }
                }
            }
            if next.isEmpty { return [] }
            partials = pruned(next)
        }
        return partials
    }

    private func slot(_ slot: GrammarSlot, at start: Int) -> [Partial] {
        if case .described(let rule) = slot.type { return described(slot.name, rule, at: start) }
        return reader.values(slot.type, at: start).map { found in
            capturing(slot.name, .slot(found.value), start..<found.end, cost: found.cost)
        }
    }

    /// A day: what the grammar's rule took apart becomes one value.
    private func described(_ name: String, _ rule: Int, at start: Int) -> [Partial] {
        partials(of: grammar.rules[rule].node, at: start).filter { $0.end > start }.map { partial in
            var days = DayPhrase(fields: [:])
            var slips: [Partial.Capture] = []
            for capture in partial.captures {
                guard case .slot(let value) = capture.kind else {
                    slips.append(capture)
                    continue
                }
                switch value.content {
                case .number(let number): days.fields[capture.name] = .number(number)
                case .text(let text) where capture.name == "written": days.written = text
                case .text(let text): days.fields[capture.name] = .text(text)
                case .flag, .days: break
                }
            }
            let said = reader.said(start, partial.end).lowercased()
            var whole = capturing(
                name, .slot(SlotValue(.days(days), said: said)), start..<partial.end, cost: partial.cost)
            whole.captures += slips
            return whole
        }
    }

    private func remembered(_ node: Int, _ start: Int, _ find: () -> [Partial]) -> [Partial] {
        let key = node * (count + 1) + start
        if let partials = known[key] { return partials }
        // A rule that comes back to itself at the same word finds nothing more there.
        known[key] = []
        let partials = find()
        known[key] = partials
        return partials
    }

    /// Each way once, with its least cost.
    private func pruned(_ partials: [Partial]) -> [Partial] {
        guard partials.count > 1 else { return partials }
        var kept: [Partial] = []
        for partial in partials {
            if let index = kept.firstIndex(where: { $0.end == partial.end && $0.captures == partial.captures }) {
                kept[index].cost = min(kept[index].cost, partial.cost)
            } else {
                kept.append(partial)
            }
        }
        guard kept.count > Self.mostWays else { return kept }
        return Array(kept.sorted { $0.cost < $1.cost }.prefix(Self.mostWays))
    }
}
