internal import Settings

extension OfflineWording {
    /// What can be asked, from the grammar: an example of each kind.
    func help(_ names: KnownNames) -> String {
        let grammar = language == .english ? Grammars.english : Grammars.spanish
        let groups: [(String, (Grammar.Intent) -> Bool)] = [
            (pick("To find out:", "Para saber:"), { !$0.writes && $0.later == nil }),
            (pick("To have done:", "Para hacer:"), { $0.writes && $0.later == nil }),
        ]
        let parts = groups.map { title, belongs in
            let lines = grammar.intents.filter(belongs).compactMap { intent in
                intent.examples.first.map { "- \(SlotFiller.fill($0, Self.placeholder)) — \(intent.title)" }
            }
            return "\(title)\n\n" + lines.joined(separator: "\n")
        }
        let end = pick(
            "For anything else, configure a model: set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server.",
            "Para todo lo demás, configura un modelo: define OPENAI_API_KEY, u OPENAI_BASE_URL para un servidor local.")
        return (parts + [end]).joined(separator: "\n\n")
    }

    static func placeholder(_ slot: String) -> String {
        switch slot {
        case "path": "README.md"
        case "directory": "docs"
        case "branch": "main"
        case "tag": "v1.0"
        case "remote": "origin"
        case "author": "Ada"
        default: slot
        }
    }
}
