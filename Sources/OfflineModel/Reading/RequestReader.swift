internal import Settings

/// Reads requests in all languages that there are grammars for.
struct RequestReader {
    /// A request of more words than this in no quotes fits no sentence.
    static let mostWords = Grammar.mostWords

    private static let english = SentenceReader(language: .english) { Grammars.english }
    private static let spanish = SentenceReader(language: .spanish) { Grammars.spanish }

    /// The likelier language first: the grammar of the other is not even read where all fits a sentence of this one.
    private static func languages(for request: String) -> [SentenceReader] {
        LanguageGuess.looksSpanish(request) ? [spanish, english] : [english, spanish]
    }

    /// Names are looked up when a sentence asks for them, each kind at most once.
    func read(_ request: String, names source: any NameSource, known: inout KnownNames) async -> Understanding {
        while true {
            let attempt = read(request, names: known)
            guard !attempt.wanted.isEmpty else { return attempt.understanding }
            for kind in attempt.wanted { await known.load(kind, from: source) }
        }
    }

    private func read(
        _ request: String, names: KnownNames
    ) -> (understanding: Understanding, wanted: Set<NameKind>) {
        var doubt: (Doubt, Reading)?
        for leniently in [false, true] {
            var readings: [Reading] = []
            var wanted: Set<NameKind> = []
            for language in Self.languages(for: request) {
                // What fits as it is in one language is not looked for in another.
                if !leniently, doubt == nil, readings.contains(where: { $0.cost < 2 }) { break }
                let text = RequestText(
                    request, expansions: language.grammar.expansions, mostTokens: Self.mostWords + 1)
                guard text.tokens.count <= Self.mostWords else { return (.none(.tooLong, near: nil), []) }
                let result = language.read(text, names: names, leniently: leniently)
                wanted.formUnion(result.wanted)
                let guardian = WriteGuard(grammar: language.grammar, text: text)
                for (reading, wasAsked) in result.readings {
                    if let found = guardian.doubt(about: reading, wasAsked: wasAsked) {
                        if reading.cost < doubt?.1.cost ?? .max { doubt = (found, reading) }
                    } else {
                        readings.append(reading)
                    }
                }
            }
            if !wanted.isEmpty { return (.none(.notASentence, near: nil), wanted) }
            if let best = Self.best(of: readings) {
                // What must not be done is not done as something else that is less likely meant.
                if let doubt, doubt.1.cost < best[0].cost { return (.none(doubt.0, near: doubt.1), []) }
                return (best.count == 1 ? .reading(best[0]) : .unclear(best), [])
            }
            if let doubt { return (.none(doubt.0, near: doubt.1), []) }
        }
        return (.none(.notASentence, near: nil), [])
    }

    /// The readings that cost least, each once. Nil when there are none.
    private static func best(of readings: [Reading]) -> [Reading]? {
        guard let least = readings.map(\.cost).min() else { return nil }
        var best: [Reading] = []
        for reading in readings where reading.cost == least {
            if !best.contains(where: { $0.says(reading) }) { best.append(reading) }
        }
        return best
    }
}
