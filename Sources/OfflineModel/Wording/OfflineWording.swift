internal import Assistant
internal import Settings
internal import Tools

/// Words answers from tool results, in the language of the request.
struct OfflineWording: Sendable {
    let language: Language

    func pick(_ english: String, _ spanish: String) -> String { language.pick(english, spanish) }

    func plural(_ count: Int, _ english: (String, String), _ spanish: (String, String)) -> String {
        "\(count) " + (count == 1 ? pick(english.0, spanish.0) : pick(english.1, spanish.1))
    }

    /// Of a time in ISO 8601.
    func day(_ date: String?) -> String { String((date ?? "").prefix(10)) }

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

    var unknown: String {
        pick(
            """
            I do not understand that request without a language model. Ask for `help` to see what I can do offline, or \
            configure a model: set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server.
            """,
            """
            No entiendo esa petición sin un modelo de lenguaje. Pide `ayuda` para ver lo que sé hacer sin conexión, o \
            configura un modelo: define OPENAI_API_KEY, u OPENAI_BASE_URL para un servidor local.
            """)
    }

    var help: String {
        pick(
            """
            Offline I understand requests such as these, in English and Spanish:

            - Summarize the last three commits / the commits since Monday / the commits by a person
            - What changed in README.md / between v1.0 and main
            - Who wrote README.md / who last changed it
            - Status, branches and tags, remotes, authors
            - Find "text" / find the file NAME / list the files / read NAME
            - Create, append to or delete a file; create a branch; commit with a message
            - What did I ask about …

            For anything else, configure a model: OPENAI_API_KEY, or OPENAI_BASE_URL for a local server.
            """,
            """
            Sin conexión entiendo peticiones como estas, en español y en inglés:

            - Resume los últimos tres commits / los commits desde el lunes / los commits de una persona
            - Qué cambió en README.md / entre v1.0 y main
            - Quién escribió README.md / quién lo cambió por última vez
            - Estado, ramas y etiquetas, remotos, autores
            - Busca «texto» / busca el archivo NOMBRE / lista los archivos / lee NOMBRE
            - Crea, amplía o borra un archivo; crea una rama; haz un commit con un mensaje
            - Qué pregunté sobre …

            Para todo lo demás, configura un modelo: OPENAI_API_KEY, u OPENAI_BASE_URL para un servidor local.
            """)
    }

    func missing(_ missing: Intent.Missing) -> String {
        switch missing {
        case .fileName:
            pick("Which file? Please name it, such as `notes.md`.", "¿Qué archivo? Dime su nombre, como `notas.md`.")
        case .branchName: pick("Which branch? Please name it.", "¿Qué rama? Dime su nombre.")
        case .tagName: pick("Which tag? Please name it.", "¿Qué etiqueta? Dime su nombre.")
        case .commitMessage:
            pick(
                "With which message? Say: commit with the message \"…\".",
                "¿Con qué mensaje? Di: haz un commit con el mensaje «…».")
        case .searchText: pick("What shall I look for? Put it in quotes.", "¿Qué busco? Ponlo entre comillas.")
        case .contentToAppend:
            pick("What shall I add? Say: append \"…\" to FILE.", "¿Qué añado? Di: añade «…» a ARCHIVO.")
        }
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
}
