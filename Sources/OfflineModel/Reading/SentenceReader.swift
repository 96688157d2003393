internal import Settings

/// Fits one request to one grammar.
struct SentenceReader: Sendable {
    let language: Language
    private let read: @Sendable () -> Grammar

    init(language: Language, grammar: @escaping @Sendable () -> Grammar) {
        self.language = language
        read = grammar
    }

    var grammar: Grammar { read() }

    /// What may stand before and behind a request is taken off, and every other word has to be accounted for.
    struct Result {
        var readings: [(reading: Reading, wasAsked: Bool)] = []
        /// Names that have to be looked up before anything can be said.
        var wanted: Set<NameKind> = []
    }

    /// `leniently`: also with slips of a recogniser and names that are nearly right.
    func read(_ text: RequestText, names: KnownNames, leniently: Bool) -> Result {
        var text = text
        text.tokens.removeAll { !$0.isQuoted && grammar.anywhere.contains($0.folded) }
        let count = text.tokens.count
        guard count > 0, count <= Grammar.mostWords else { return Result() }
        let slots = SlotReader(grammar: grammar, text: text, names: names, nearly: leniently)
        let matcher = Matcher(grammar: grammar, reader: slots, slips: leniently)
        let starts = self.starts(count, matcher)
        let ends = self.ends(count, matcher)
        var result = Result()
        for (start, wasAsked) in starts.sorted(by: { $0.key < $1.key }) {
            for intent in grammar.intents {
                for sentence in intent.sentences {
                    for partial in matcher.partials(of: sentence, at: start) where ends.contains(partial.end) {
                        guard partial.end > start else { continue }
                        let reading = reading(intent, partial, start, text, names)
                        guard reading.hasOneSpan, !reading.writesToUnknownWord else { continue }
                        result.readings.append((reading, wasAsked))
                    }
                }
            }
        }
        result.wanted = slots.wanted
        return result
    }

    /// Where a sentence may begin, and whether it was introduced by words that make an order of a question.
    private func starts(_ count: Int, _ matcher: Matcher) -> [Int: Bool] {
        var starts: [Int: Bool] = [0: false]
        var open = [0]
        while let start = open.popLast() {
            let wasAsked = starts[start] ?? false
            for (node, asks) in [(grammar.head, false), (grammar.asking, true)] {
                guard let node else { continue }
                for partial in matcher.partials(of: node, at: start) where partial.cost == 0 && partial.end > start {
                    guard partial.end < count,
                        starts[partial.end] == nil || (!(starts[partial.end] ?? true) && (asks || wasAsked))
                    else { continue }
                    starts[partial.end] = asks || wasAsked
                    open.append(partial.end)
                }
            }
        }
        return starts
    }

    private func ends(_ count: Int, _ matcher: Matcher) -> Set<Int> {
        var ends: Set<Int> = [count]
        guard let tail = grammar.tail else { return ends }
        for start in stride(from: count - 1, to: 0, by: -1) {
            let fits = matcher.partials(of: tail, at: start).contains {
                $0.cost == 0 && $0.end > start && ends.contains($0.end)
            }
            if fits { ends.insert(start) }
        }
        return ends
    }

    private func reading(
        _ intent: Grammar.Intent, _ partial: Partial, _ start: Int, _ text: RequestText, _ names: KnownNames
    ) -> Reading {
        var reading = Reading(
            language: language, intent: intent, slots: [:], missing: [], slips: [], places: [:], tokens: text.tokens,
            sentence: start..<partial.end,
            cost: partial.cost + partial.captures.count { $0.kind == .missing } * 6)
        for capture in partial.captures {
            switch capture.kind {
            case .slot(let value):
                reading.slots[capture.name] = value
                reading.places[capture.name] = capture.tokens
            case .missing: reading.missing.append(capture.name)
            case .slip(let word):
                let token = capture.tokens.lowerBound
                reading.slips.append(
                    Reading.Slip(
                        said: text.tokens[token].written, meant: grammar.words[word].written, token: token))
            }
        }
        return reading.withRangeTakenApart().withoutDefault("into", names.references?.current)
    }
}

extension Reading {
    /// Any word may be a branch that is not here; nothing is written to one on such a guess.
    fileprivate var writesToUnknownWord: Bool {
        intent.writes
            && slots.values.contains {
                $0.fit == .unknown && ($0.text ?? "").allSatisfy(\.isLetter) && !$0.said.isEmpty
            }
    }

    /// On a day or from one to another, not both.
    fileprivate var hasOneSpan: Bool {
        slots["on"] == nil || ["since", "until", "before"].allSatisfy { slots[$0] == nil }
    }

    /// What is said and would have been meant anyhow is not another reading.
    fileprivate func withoutDefault(_ slot: String, _ value: String?) -> Reading {
        guard let value, slots[slot]?.text == value else { return self }
        var reading = self
        reading.slots[slot] = nil
        return reading
    }

    /// `v1.0..v1.1` says from where to where.
    fileprivate func withRangeTakenApart() -> Reading {
        guard let range = slots["range"]?.text, let dots = range.firstRange(of: "..") else { return self }
        var reading = self
        reading.slots["range"] = nil
        for (name, side) in [("from", range[..<dots.lowerBound]), ("to", range[dots.upperBound...])] {
            reading.slots[name] = SlotValue(.text(String(side)), said: String(side))
        }
        return reading
    }
}
