internal import Settings

extension OfflineWording {
    /// Why a request is not followed, in one line.
    func doubt(_ doubtful: Doubtful) -> String {
        switch doubtful.reason {
        case .notUnderstood(let doubt): return words(of: doubt)
        case .unclear:
            return pick("That may mean several things; say which.", "Eso puede significar varias cosas; di cuál.")
        case .missing(let slots): return question(slots.first ?? "", doubtful.reading?.intent.name ?? "")
        case .later(let piece):
            let what = doubtful.reading?.intent.title ?? ""
            return pick(
                "I understood that (“\(what)”), but one piece is missing here yet: \(piece).",
                "Lo entendí («\(what)»), pero aquí falta todavía una pieza: \(piece).")
        case .unsure:
            return pick(
                "I am not sure enough of what was said to change anything; say it as it is meant.",
                "No estoy bastante seguro de lo que se dijo para cambiar algo; dilo tal cual.")
        case .unknownName("author", let said):
            return pick(
                "Nobody called \(said) has committed here.", "Nadie que se llame \(said) ha hecho commits aquí.")
        case .unknownName(_, let said):
            return pick("There is no branch \(said) here.", "Aquí no hay ninguna rama \(said).")
        case .impossibleDay(let said): return pick("\(said) is no day.", "\(said) no es ningún día.")
        }
    }

    private func words(of doubt: Doubt) -> String {
        switch doubt {
        case .notASentence:
            pick(
                "I do not understand that without a language model (`vocero ask help` says what I do understand).",
                "No entiendo eso sin un modelo de lenguaje (`vocero ask ayuda` dice lo que sí entiendo).")
        case .question:
            pick(
                "That is a question, and I do nothing on a question; say it as an order to have it done.",
                "Eso es una pregunta, y con una pregunta no hago nada; dilo como orden para que se haga.")
        case .unquoted:
            pick(
                "I cannot tell where the text ends and another order or a condition begins; put it in quotes.",
                "No sé dónde acaba el texto y empieza otra orden o una condición; ponlo entre comillas.")
        case .several:
            pick(
                "Those are several sentences; ask for one thing at a time.",
                "Son varias frases; pide una cosa cada vez.")
        case .strayCharacters:
            pick(
                "There are signs in that order that I cannot account for, so nothing was changed; write it without them.",
                "Hay signos en esa orden que no sé interpretar, así que no se cambió nada; escríbela sin ellos.")
        case .tooLong:
            pick(
                "That is longer than any request that I understand; ask for one thing at a time.",
                "Eso es más largo que cualquier petición que entiendo; pide una cosa cada vez.")
        }
    }

    private func question(_ slot: String, _ intent: String) -> String {
        switch slot {
        case "path": pick("Which file? Name it.", "¿Qué archivo? Dime su nombre.")
        case "to": pick("To which name?", "¿A qué nombre?")
        case "name" where intent.contains("branch"): pick("Which branch? Name it.", "¿Qué rama? Dime su nombre.")
        case "name" where intent.contains("tag"): pick("Which tag? Name it.", "¿Qué etiqueta? Dime su nombre.")
        case "name": pick("What is it called?", "¿Cómo se llama?")
        case "message": pick("With which message?", "¿Con qué mensaje?")
        case "text": pick("Which text?", "¿Qué texto?")
        case "number": pick("Which number?", "¿Qué número?")
        case "title": pick("With which title?", "¿Con qué título?")
        case "ref": pick("Which commit?", "¿Qué commit?")
        case "tag": pick("For which tag?", "¿Para qué etiqueta?")
        case "kind": pick("In which language?", "¿En qué lenguaje?")
        default: pick("Something is missing: \(slot).", "Falta algo: \(slot).")
        }
    }

    /// What was taken for something else, said before an answer. Nil when all was said as it is.
    func taken(_ reading: Reading) -> String? {
        var parts = reading.slots.sorted { $0.key < $1.key }.compactMap { _, value -> String? in
            guard value.fit == .near, let name = value.whole ?? value.text else { return nil }
            return pick("“\(value.said)” as `\(name)`", "«\(value.said)» por `\(name)`")
        }
        parts += reading.slips.map { pick("“\($0.said)” as “\($0.meant)”", "«\($0.said)» por «\($0.meant)»") }
        guard !parts.isEmpty else { return nil }
        let list = parts.joined(separator: ", ")
        return pick("(I took \(list).)", "(Tomé \(list).)")
    }
}
