/// What is understood, as a page of docs/offline-requests.md: every kind of request with its examples.
enum RequestGuide {
    static let begin = "<!-- derived from the grammars -->"

    static var text: String { begin + "\n\n" + Grammars.all.map(section).joined(separator: "\n\n") + "\n" }

    private static func section(_ grammar: Grammar) -> String {
        let head = grammar.language == "en" ? "## English" : "## Español"
        let rows = grammar.intents.map { intent in
            let examples = intent.examples.map { "`\(SlotFiller.fill($0, OfflineWording.placeholder))`" }
            let kind = intent.writes ? "writes" : "reads"
            let later = intent.later.map { " (not yet: \($0))" } ?? ""
            return "| `\(intent.name)` | \(kind)\(later) | \(intent.title) | \(examples.joined(separator: "<br>")) |"
        }
        return head + "\n\n| request | | what for | such as |\n|---|---|---|---|\n" + rows.joined(separator: "\n")
    }
}
