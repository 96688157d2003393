internal import FoundationEssentials

/// Reads a request's intent by rules, the most particular first. It guesses nothing: what no rule knows is
/// ``Intent/unknown``.
struct IntentReader: Sendable {
    let words: RequestWords
    let now: Date

    init(_ text: String, now: Date = .now) {
        words = RequestWords(text)
        self.now = now
    }

    func intent() -> Intent {
        recall() ?? help() ?? writing() ?? gitWriting() ?? authorship() ?? comparing() ?? history() ?? listing()
            ?? searching() ?? reading() ?? .unknown
    }

    static let commitNouns: Set<String> = ["commit", "commits", "confirmacion", "confirmaciones", "changes", "cambios"]
    static let branchNouns: Set<String> = ["branch", "branches", "rama", "ramas"]
    static let tagNouns: Set<String> = ["tag", "tags", "etiqueta", "etiquetas"]
    static let fileNouns: Set<String> = ["file", "files", "archivo", "archivos", "fichero", "ficheros"]
    static let createVerbs: Set<String> = [
        "create", "make", "write", "crea", "crear", "creame", "haz", "escribe", "escribir", "genera", "generate",
    ]
    static let deleteVerbs: Set<String> = [
        "delete", "remove", "erase", "borra", "borrar", "elimina", "eliminar", "quita",
    ]
    static let appendVerbs: Set<String> = ["append", "add", "anade", "anadir", "agrega", "agregar"]

    private func recall() -> Intent? {
        let english = [
            "what did i ask", "what did i say", "what have i asked", "did i ask", "what did you answer",
            "what did you say",
        ]
        let spanish = [
            "que pregunte", "que te pregunte", "que pedi", "que te pedi", "que dije", "que respondiste",
            "que contestaste",
        ]
        guard (english + spanish).contains(where: words.hasPhrase) || words.has("recall", "recuerdas", "recuerda")
        else {
            return nil
        }
        let topic = words.rest(
            behind: ["about", "sobre", "acerca de", "de"] + english + spanish + ["recall", "recuerdas", "recuerda"])
        return .recall(about: topic?.content.trimmingEndPunctuation() ?? words.text)
    }

    private func help() -> Intent? {
        let asked = ["what can you do", "que puedes hacer", "que sabes hacer"].contains(where: words.hasPhrase)
        return asked || (words.has("help", "ayuda") && words.words.count <= 3) ? .help : nil
    }

    private func writing() -> Intent? {
        let first = Set(words.plain.prefix(6))
        if !first.isDisjoint(with: Self.appendVerbs), !words.has(Self.branchNouns), !words.has(Self.tagNouns) {
            return appending()
        }
        if !first.isDisjoint(with: Self.deleteVerbs) {
            guard !words.has(Self.branchNouns), !words.has(Self.tagNouns) else { return nil }
            return fileName().map(Intent.deleteFile) ?? .incomplete(.fileName)
        }
        let makesFile = words.has(Self.fileNouns) || fileName() != nil
        if !first.isDisjoint(with: Self.createVerbs), makesFile, !words.has(Self.branchNouns),
            !words.has(Self.tagNouns),
            !words.has("commit", "wrote", "resumen", "summary") || words.has(Self.fileNouns)
        {
            return newFileName().map { .createFile(path: $0, content: newContent()) } ?? .incomplete(.fileName)
        }
        return nil
    }

    private func newContent() -> Intent.FileContent {
        if words.has("authors", "author", "contributors", "autores", "autor", "contribuidores", "colaboradores") {
            return .authors
        }
        if words.has("commit", "commits", "cambios", "changes") {
            return .commits(count: NumberWords.count(of: Self.commitNouns, in: words) ?? 10)
        }
        let marks = [
            "with the content", "with the contents", "with content", "with the text", "with text", "that says",
            "saying",
            "containing", "con el contenido", "con contenido", "con el texto", "con texto", "que diga", "que contenga",
            "with", "con",
        ]
        return .text(words.rest(behind: marks)?.content ?? "")
    }

    private func appending() -> Intent {
        let verbEnd = (words.plain.firstIndex(where: Self.appendVerbs.contains) ?? 0) + 1
        let fileStart = words.plain.lastIndex { ["to", "al", "a", "en", "in"].contains($0) }
        guard let fileStart, fileStart > verbEnd else {
            return fileName() == nil ? .incomplete(.fileName) : .incomplete(.contentToAppend)
        }
        let target = RequestWords(words: Array(words.words[(fileStart + 1)...]))
        guard let path = IntentReader(words: target, now: now).fileName() else { return .incomplete(.fileName) }
        var content = RequestWords(words: Array(words.words[verbEnd..<fileStart]))
        for lead in ["the line", "the text", "la linea", "el texto", "la frase"] where content.hasPhrase(lead) {
            content = content.rest(behind: [lead]) ?? content
        }
        return content.words.isEmpty
            ? .incomplete(.contentToAppend) : .appendToFile(path: path, content: content.content)
    }

    private func gitWriting() -> Intent? {
        let first = Set(words.plain.prefix(4))
        if !first.isDisjoint(with: Self.createVerbs), words.has(Self.branchNouns) {
            return name(behind: Self.branchNouns).map(Intent.createBranch) ?? .incomplete(.branchName)
        }
        if !first.isDisjoint(with: Self.createVerbs.union(["tag", "etiqueta"])), words.has(Self.tagNouns),
            !words.has("tags", "etiquetas")
        {
            return name(behind: Self.tagNouns).map(Intent.createTag) ?? .incomplete(.tagName)
        }
        if words.has("switch", "checkout", "cambia", "cambiate"), words.has(Self.branchNouns.union(["checkout"])) {
            return name(behind: Self.branchNouns.union(["checkout"])).map(Intent.checkout) ?? .incomplete(.branchName)
        }
        let commits =
            words.plain.first == "commit" || words.plain.first == "confirma"
            || ["make a commit", "create a commit", "haz un commit", "haz commit", "crea un commit", "hacer commit"]
                .contains(where: words.hasPhrase)
        guard commits else { return nil }
        let marks = [
            "with the message", "with message", "with a message", "message", "con el mensaje", "con mensaje", "mensaje",
            "saying", "que diga",
        ]
        let message = words.rest(behind: marks)?.content ?? words.words.first(where: \.isQuoted)?.written
        return message.flatMap { $0.isEmpty ? nil : .commit(message: $0) } ?? .incomplete(.commitMessage)
    }

    init(words: RequestWords, now: Date) {
        self.words = words
        self.now = now
    }
}
