internal import JSON

extension Reading {
    /// The slots as they are told: names as the repository has them, days as they were said.
    var shownSlots: [String: JSON] {
        var shown: [String: JSON] = [:]
        for (name, value) in slots {
            let json: JSON =
                switch value.content {
                case .text(let text): .string(text)
                case .number(let number): .integer(number)
                case .flag(let flag): .bool(flag)
                case .days: .string(value.said)
                }
            // Until the day before is still until.
            shown[name == "before" ? "until" : name] = json
        }
        return shown
    }

    /// Each word, and what it was taken for: a slot, a word of the grammar, politeness.
    var words: [(said: String, taken: String)] {
        tokens.indices.map { index in
            let token = tokens[index]
            if !sentence.contains(index) { return (token.written, "politeness") }
            if let place = places.filter({ $0.value.contains(index) }).min(by: { $0.key < $1.key }) {
                return (token.written, place.key)
            }
            if let slip = slips.first(where: { $0.token == index }) {
                return (token.written, "the word “\(slip.meant)”")
            }
            return (token.written, "a word of the sentence")
        }
    }
}
