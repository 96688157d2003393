/// Finds who is meant by a name without accents, without surname.
enum PersonNames {
    /// `said`: folded words.
    /// Gives: whole names; the name's own spelling of what was said is ``spelling(of:in:)``.
    static func find(_ said: [String], among people: [String], nearly: Bool) -> FoundName? {
        let fits = people.filter { spelling(of: said, in: $0) != nil }
        if !fits.isEmpty {
            // Two spellings of one person are one person.
            let distinct = Dictionary(grouping: fits, by: Folding.folded)
            let names = distinct.values.compactMap(\.first).sorted()
            let isWhole = names.contains { words(of: $0) == said }
            if isWhole, let name = names.first(where: { words(of: $0) == said }) {
                return FoundName(name: name, fit: .exact)
            }
            return FoundName(name: names[0], fit: .exact, others: names.count > 1 ? names : [])
        }
        guard nearly else { return nil }
        let near = people.filter { person in
            let parts = words(of: person)
            return said.allSatisfy { word in
                parts.contains {
                    EditDistance.between(word, $0, most: EditDistance.allowed(forLetters: word.count)) != nil
                }
            }
        }
        guard let first = near.first else { return nil }
        return FoundName(name: first, fit: .near, others: near.count > 1 ? near : [])
    }

    static func words(of name: String) -> [String] {
        Folding.folded(name).split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "." }).map(String.init)
    }

    /// `maria nunez` of `María José Núñez` is `María Núñez`; nil when a word is not in the name.
    static func spelling(of said: [String], in name: String) -> String? {
        let written = name.split(separator: " ")
        var rest = written[...]
        var parts: [String] = []
        for word in said {
            guard let index = rest.firstIndex(where: { Folding.folded($0) == word }) else { return nil }
            parts.append(String(rest[index]))
            rest = rest[(index + 1)...]
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
