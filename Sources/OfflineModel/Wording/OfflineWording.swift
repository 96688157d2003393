internal import Assistant
internal import FoundationEssentials
internal import Settings
internal import Tools

/// Words answers from tool results, in the language of the request.
struct OfflineWording: Sendable {
    let language: Language
    /// Days in answers are those of the person who asks.
    var calendar = UserCalendar.current

    func pick(_ english: String, _ spanish: String) -> String { language.pick(english, spanish) }

    func plural(_ count: Int, _ english: (String, String), _ spanish: (String, String)) -> String {
        "\(count) " + (count == 1 ? pick(english.0, spanish.0) : pick(english.1, spanish.1))
    }

    /// The user's day of a time in ISO 8601: `2026-01-31`.
    func day(_ date: String?) -> String {
        guard let date, let moment = try? Date(date, strategy: .iso8601) else { return "" }
        let day = calendar.day(of: moment)
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.year)-\(pad(day.month))-\(pad(day.day))"
    }

    /// `Monday, 23 November 2026`
    func longDay(_ date: Date) -> String {
        let day = calendar.day(of: date)
        let lists = (language == .english ? Grammars.english : Grammars.spanish).lists
        let weekday = lists["weekdays"]?[day.weekday - 1] ?? ""
        let month = lists["months"]?[day.month - 1] ?? ""
        return pick("\(weekday), \(day.day) \(month) \(day.year)", "\(weekday) \(day.day) de \(month) de \(day.year)")
    }

    func failed(_ output: String) -> String {
        var reason = output
        if reason.hasPrefix("error: ") { reason.removeFirst(7) }
        return pick("That did not work: \(reason)", "No se pudo hacer: \(reason)")
    }

    /// The tool is not offered: no repository, no work tree, or another agent's tool.
    func cannotHere(_ tool: ToolDeclaration) -> String {
        tool.families.isDisjoint(with: [.gitReading, .gitWriting])
            ? pick(
                "I cannot do that here: `\(tool.name)` needs a work tree, and an agent that may use it.",
                "No puedo hacer eso aquí: `\(tool.name)` necesita un árbol de trabajo, y un agente que pueda usarla.")
            : pick(
                "I cannot do that here: `\(tool.name)` needs a git repository, and an agent that may use it.",
                "No puedo hacer eso aquí: `\(tool.name)` necesita un repositorio git, y un agente que pueda usarla.")
    }

    func recall(_ found: FoundMessages, topic: String) -> String {
        guard !found.messages.isEmpty else {
            return pick("I remember nothing about “\(topic)”.", "No recuerdo nada sobre «\(topic)».")
        }
        let lines = found.messages.map { message in
            let who = message.role == .user ? pick("you asked", "preguntaste") : pick("I answered", "respondí")
            let text = message.content.split(separator: "\n").joined(separator: " ").prefix(300)
            return "- \(day(message.date)), \(who): \(text)"
        }
        return pick("This is what I remember about “\(topic)”:", "Esto es lo que recuerdo sobre «\(topic)»:") + "\n\n"
            + lines.joined(separator: "\n")
    }

    func requests(_ found: FoundMessages) -> String {
        guard !found.messages.isEmpty else {
            return pick("There are no earlier requests here.", "Aquí no hay peticiones anteriores.")
        }
        let lines = found.messages.map { message in
            "- \(day(message.date)): \(message.content.split(separator: "\n").joined(separator: " ").prefix(300))"
        }
        return pick(
            "The last \(plural(lines.count, ("request", "requests"), ("", ""))), newest first:",
            "Las últimas \(plural(lines.count, ("", ""), ("petición", "peticiones"))), de la más nueva a la más vieja:")
            + "\n\n" + lines.joined(separator: "\n")
    }
}
