internal import Assistant

/// Offers what would be understood instead of what was not.
struct SuggestionChoice {
    let console: Console

    /// The reason, and the suggestions with their numbers.
    func show(_ misunderstanding: Misunderstanding) {
        console.notice(misunderstanding.message)
        for (index, suggestion) in misunderstanding.suggestions.enumerated() {
            console.trace("  \(index + 1). \(suggestion)")
        }
    }

    /// The request that a person chooses by its number, or makes whole; nil for none.
    func words(for misunderstanding: Misunderstanding) async -> String? {
        show(misunderstanding)
        if let beginning = misunderstanding.beginning, misunderstanding.missing.count == 1 {
            guard let answer = await console.line("> "), !answer.isEmpty else { return nil }
            return beginning + " " + Self.quoted(answer, for: misunderstanding.missing[0])
        }
        guard !misunderstanding.suggestions.isEmpty,
            let answer = await console.line(
                "Which one? [1-\(misunderstanding.suggestions.count)], or nothing for none: "),
            let number = Int(answer), misunderstanding.suggestions.indices.contains(number - 1)
        else { return nil }
        return misunderstanding.suggestions[number - 1]
    }

    /// Free text is quoted, so that it is taken as it is.
    private static func quoted(_ answer: String, for slot: String) -> String {
        ["message", "text", "title"].contains(slot) ? "\"\(answer.filter { $0 != "\"" })\"" : answer
    }
}
