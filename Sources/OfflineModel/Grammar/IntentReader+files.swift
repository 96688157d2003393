extension IntentReader {
    /// Files that people name without their extension, and what is looked for then.
    private static let knownFiles = [
        "readme": "README", "license": "LICENSE", "licence": "LICENSE", "licencia": "LICENSE", "makefile": "Makefile",
        "changelog": "CHANGELOG", "dockerfile": "Dockerfile", "contributing": "CONTRIBUTING", "notice": "NOTICE",
        "configuration": "config", "configuracion": "config", "config": "config",
    ]

    /// The file that the request names: in quotes, with an extension or a slash, or known by its name.
    func fileName(except others: Set<String> = []) -> String? {
        let candidates = words.words.filter { !others.contains($0.written.trimmingEndPunctuation()) }
        for word in candidates where !word.isQuoted || !word.written.contains(" ") {
            let name = word.written.trimmingEndPunctuation().trimmingQuotes()
            if Self.looksLikeFile(name) && !(Self.isRef(word) && !word.isQuoted) { return name }
        }
        if let behind = fileBehindNoun() { return behind }
        return candidates.first { Self.knownFiles[$0.plain] != nil }.flatMap { Self.knownFiles[$0.plain] }
    }

    /// The name for a new file of which only the kind was said: `a notes file`, `un archivo de notas`.
    func newFileName() -> String? {
        if let name = fileName(), name.contains(".") || name.contains("/") { return name }
        guard words.has(Self.fileNouns) else { return nil }
        for (word, name) in [("notes", "NOTES.md"), ("notas", "NOTAS.md"), ("readme", "README.md")]
        where words.has(word) {
            return name
        }
        return nil
    }

    private static func looksLikeFile(_ name: String) -> Bool {
        guard !name.contains("://"), !name.contains("@"), name.firstRange(ofDots: ()) == nil else { return false }
        if name.contains("/") { return name.count > 1 }
        guard let dot = name.lastIndex(of: ".") else { return false }
        let end = name[name.index(after: dot)...]
        return !end.isEmpty && end.count <= 10 && end.allSatisfy { $0.isLetter || $0.isNumber }
            && end.contains(where: \.isLetter)
    }

    /// `the file called NAME`, `el archivo NAME`.
    private func fileBehindNoun() -> String? {
        let fillers: Set<String> = ["called", "named", "llamado", "llamada", "de", "nombre", "with", "name"]
        for (index, word) in words.plain.enumerated() where word == "file" || word == "archivo" || word == "fichero" {
            guard let next = words.words[(index + 1)...].first(where: { !fillers.contains($0.plain) }) else { continue }
            if next.isQuoted { return next.written }
            if let known = Self.knownFiles[next.plain] { return known }
        }
        return nil
    }

    /// The name behind a noun: `branch called feature/x`, `rama llamada arreglo`, `tag v1.0`.
    func name(behind nouns: Set<String>) -> String? {
        let fillers: Set<String> = [
            "called", "named", "llamada", "llamado", "a", "la", "the", "to", "de", "nombre", "new", "nueva", "name",
            "with", "con", "el",
        ]
        for (index, word) in words.plain.enumerated() where nouns.contains(word) {
            let rest = words.words[(index + 1)...]
            if let name = rest.first(where: { !fillers.contains($0.plain) && !nouns.contains($0.plain) }) {
                return name.written.trimmingEndPunctuation()
            }
        }
        return nil
    }

    func searching() -> Intent? {
        let verbs: Set<String> = [
            "find", "search", "grep", "where", "look", "busca", "buscar", "encuentra", "donde", "contains", "contienen",
            "contiene", "mentions", "menciona",
        ]
        guard words.has(verbs) else { return nil }
        if let noun = words.plain.firstIndex(where: Self.fileNouns.contains),
            words.plain.contains(where: ["find", "busca", "encuentra", "where", "donde"].contains)
        {
            let said = words.has(
                "contain", "contains", "contienen", "contiene", "mention", "mentions", "with", "con", "text", "texto")
            if !said, noun + 1 < words.words.count, let name = fileName() ?? name(behind: Self.fileNouns) {
                return .findFile(name)
            }
        }
        if let quoted = words.words.first(where: \.isQuoted) { return .findText(quoted.written) }
        let marks = [
            "search for", "look for", "for the text", "the text", "the word", "el texto", "la palabra", "find",
            "search", "grep", "mentions", "contains",
            "contain", "contienen", "contiene", "aparece", "menciona", "busca", "buscar", "encuentra", "where is",
            "donde esta", "where", "donde",
        ]
        guard let rest = words.rest(behind: marks) else { return .incomplete(.searchText) }
        let skipped: Set<String> = [
            "the", "el", "la", "is", "esta", "used", "all", "uses", "of", "word", "text", "defined", "se", "usa",
        ]
        let kept = rest.words.drop { skipped.contains($0.plain) }.prefix {
            !["in", "en", "defined", "used"].contains($0.plain)
        }
        let text = RequestWords(words: Array(kept)).content.trimmingEndPunctuation()
        return text.isEmpty ? .incomplete(.searchText) : .findText(text)
    }

    func reading() -> Intent? {
        let verbs: Set<String> = [
            "read", "show", "open", "print", "cat", "display", "lee", "leer", "leeme", "muestra", "muestrame", "abre",
            "ensena", "ensename", "what", "que", "summarize", "resume",
        ]
        if words.has(Self.fileNouns), fileName() == nil,
            words.has("list", "lista", "show", "muestra", "what", "which", "que", "cuales", "enumera")
        {
            return .listFiles
        }
        guard words.has(verbs), let path = fileName() else { return nil }
        return .readFile(path)
    }
}

extension String {
    func trimmingQuotes() -> String {
        var text = Substring(self)
        while let first = text.first, "\"'`«“¿¡(".contains(first) { text.removeFirst() }
        while let last = text.last, "\"'`»”)".contains(last) { text.removeLast() }
        return String(text)
    }
}
