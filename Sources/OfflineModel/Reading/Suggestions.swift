internal import Settings

/// The requests that would be understood and are nearest to one that was not, with its own names in them.
struct Suggestions {
    let names: KnownNames
    let language: Language

    private static let most = 3
    /// Words of many examples say little about which is meant.
    private static let common: Set<String> = [
        "the", "a", "an", "of", "in", "to", "is", "are", "what", "which", "who", "how", "show", "me", "my", "for", "on",
        "and", "with",
        "from", "do", "i", "it", "this", "that", "el", "la", "los", "las", "de", "en", "que", "un", "una", "a", "con",
        "y", "es", "mi",
        "por", "para", "se", "lo", "del", "al", "muestra",
    ]

    /// `offersWrites`: not where the request forbids something.
    func nearest(to request: String, offersWrites: Bool) -> [String] {
        let grammar = language == .english ? Grammars.english : Grammars.spanish
        let text = RequestText(request, expansions: grammar.expansions, mostTokens: 60)
        let words = Self.telling(text.tokens.map(\.folded))
        guard !words.isEmpty else { return [] }
        let own = ownNames(text, grammar)
        var ranked: [(score: Double, order: Int, text: String)] = []
        var order = 0
        for intent in grammar.intents where (offersWrites || !intent.writes) && intent.later == nil {
            let about = Self.telling(RequestText(intent.title).tokens.map(\.folded))
            for example in intent.examples {
                order += 1
                let slots = SlotFiller.slots(of: example)
                let theirs = Self.telling(RequestText(SlotFiller.fill(example) { _ in "" }).tokens.map(\.folded))
                var score = Self.likeness(words, theirs) * 3 + Self.likeness(words, about)
                score += Double(slots.count { own[$0] != nil }) * 1.2
                score -= Double(slots.count { own[$0] == nil }) * 0.2
                guard score >= 1 else { continue }
                ranked.append((score, order, SlotFiller.fill(example) { own[$0] ?? usual($0) }))
            }
        }
        ranked.sort { ($1.score, $0.order) < ($0.score, $1.order) }
        var seen: Set<String> = []
        return Array(ranked.map(\.text).filter { seen.insert($0).inserted }.prefix(Self.most))
    }

    private static func telling(_ words: [String]) -> [String] { words.filter { $0.count > 1 && !common.contains($0) } }

    /// How many words have their like: the same, the same stem, or a slip of each other.
    private static func likeness(_ words: [String], _ others: [String]) -> Double {
        guard !others.isEmpty else { return 0 }
        var sum = 0.0
        for word in words {
            let best =
                others.map { other -> Double in
                    if word == other { return 1 }
                    if word.count > 3, other.count > 3, word.prefix(4) == other.prefix(4) { return 0.8 }
                    let most = EditDistance.allowed(forLetters: min(word.count, other.count))
                    return most > 0 && EditDistance.between(word, other, most: most) != nil ? 0.7 : 0
                }.max() ?? 0
            sum += best
        }
        return sum / Double(max(words.count, others.count)).squareRoot()
    }

    /// The names of the repository that the request has in it, by kind of slot.
    private func ownNames(_ text: RequestText, _ grammar: Grammar) -> [String: String] {
        let reader = SlotReader(grammar: grammar, text: text, names: names, nearly: false)
        let kinds: [(String, SlotType)] = [
            ("path", .path), ("directory", .directory), ("branch", .branch), ("tag", .tag), ("remote", .remote),
            ("author", .person),
        ]
        var own: [String: String] = [:]
        for start in text.tokens.indices {
            for (name, type) in kinds where own[name] == nil {
                let found = reader.values(type, at: start).filter { $0.value.fit != .unknown }.min { $0.cost < $1.cost }
                if let value = found?.value { own[name] = value.whole ?? value.text }
            }
        }
        return own
    }

    /// A name for a slot that the request says nothing of.
    private func usual(_ slot: String) -> String {
        let references = names.references
        return switch slot {
        case "path": names.paths?.all.first { !$0.contains("/") } ?? names.paths?.all.first ?? "README.md"
        case "directory":
            names.paths?.all.compactMap { $0.split(separator: "/").dropLast().first }.first.map(String.init) ?? "docs"
        case "branch": references?.current ?? references?.branches.first ?? "main"
        case "tag": references?.tags.first ?? "v1.0"
        case "remote": references?.remotes.first ?? "origin"
        case "author": names.people?.first ?? "Ada"
        default: "…"
        }
    }
}
