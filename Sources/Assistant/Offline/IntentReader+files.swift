extension IntentReader {
    private static let knownFiles: Set<String> = [
        "readme", "license", "licence", "makefile", "changelog", "dockerfile", "contributing", "notice",
    ]

    /// The file that the request names: in quotes, with an extension or a slash, or known by its name.
    func fileName(except others: Set<String> = []) -> String? {
        let candidates = words.words.filter { !others.contains($0.written.trimmingEndPunctuation()) }
        for word in candidates where !word.isQuoted || !word.written.contains(" ") {
            let name = word.written.trimmingEndPunctuation().trimmingQuotes()
            if Self.looksLikeFile(name) && !(Self.isRef(word) && !word.isQuoted) { return name }
        }
        if let behind = fileBehindNoun() { return behind }
        return candidates.first { Self.knownFiles.contains($0.plain) }.map { $0.written.trimmingEndPunctuation() }
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
            if next.isQuoted || Self.knownFiles.contains(next.plain) { return next.written.trimmingEndPunctuation() }
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
