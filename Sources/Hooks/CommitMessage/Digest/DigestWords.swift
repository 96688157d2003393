internal import Git
internal import Settings

/// The words of messages that no model writes, in English and Spanish.
struct DigestWords {
    let language: Language
    let mood: MessageStyle.Mood

    private func pick(_ english: String, _ spanish: String) -> String { language == .english ? english : spanish }

    private func pick(_ present: (String, String), past: (String, String)) -> String {
        mood == .past ? pick(past.0, past.1) : pick(present.0, present.1)
    }

    func verb(_ kind: ChangeKind) -> String {
        switch kind {
        case .added, .copied: pick(("Add", "Añade"), past: ("Added", "Añadido"))
        case .deleted: pick(("Remove", "Elimina"), past: ("Removed", "Eliminado"))
        case .renamed: pick(("Rename", "Renombra"), past: ("Renamed", "Renombrado"))
        default: pick(("Update", "Actualiza"), past: ("Updated", "Actualizado"))
        }
    }

    func update(_ what: String) -> String { "\(verb(.modified)) \(what)" }
    func bump(_ name: String) -> String {
        pick(("Bump \(name)", "Sube \(name)"), past: ("Bumped \(name)", "Subido \(name)"))
    }
    func rename(_ old: String, to new: String) -> String { "\(verb(.renamed)) \(old) \(pick("to", "a")) \(new)" }
    func rename(to new: String) -> String { "\(verb(.renamed)) \(pick("a file to", "un archivo a")) \(new)" }
    func move(_ name: String, to place: String) -> String { "\(move(name)) \(pick("to", "a")) \(place)" }
    func move(_ name: String) -> String {
        pick(("Move \(name)", "Mueve \(name)"), past: ("Moved \(name)", "Movido \(name)"))
    }
    func executable(_ name: String) -> String {
        pick(
            ("Make \(name) executable", "Haz ejecutable \(name)"),
            past: ("Made \(name) executable", "Hecho ejecutable \(name)"))
    }
    func notExecutable(_ name: String) -> String {
        pick(
            ("Make \(name) not executable", "Quita la ejecución a \(name)"),
            past: ("Made \(name) not executable", "Quitada la ejecución a \(name)"))
    }
    func typeChange(_ name: String, isLink: Bool) -> String {
        isLink
            ? pick("Turn \(name) into a symbolic link", "Convierte \(name) en un enlace simbólico")
            : pick("Turn \(name) into a file", "Convierte \(name) en un archivo")
    }

    func files(_ count: Int) -> String {
        count == 1 ? pick("1 file", "1 archivo") : pick("\(count) files", "\(count) archivos")
    }
    func andMore(_ count: Int) -> String {
        count == 1
            ? pick("and 1 more file", "y 1 archivo más") : pick("and \(count) more files", "y \(count) archivos más")
    }
    func withTests(_ source: String) -> String { pick("\(source) and its tests", "\(source) y sus pruebas") }

    var and: String { pick("and", "y") }
    var below: String { pick("below", "en") }
    var documentation: String { pick("the documentation", "la documentación") }
    var tests: String { pick("tests", "pruebas") }
    var configuration: String { pick("the configuration", "la configuración") }
    var lockFiles: String { pick("lock files", "archivos de bloqueo") }

    /// Behind a line of the body; nothing for what is only changed.
    func mark(_ kind: ChangeKind) -> String {
        switch kind {
        case .added: pick(", new", ", nuevo")
        case .deleted: pick(", removed", ", eliminado")
        default: ""
        }
    }
}
