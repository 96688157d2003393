import Testing

@testable import Speech

struct `A vocabulary hint` {
    @Test(arguments: [
        ("es", "Repositorio"), ("es-MX", "Repositorio"), ("en", "Git repository"), (nil, "Git repository"),
    ])
    func `speaks the language of the request`(language: String?, beginning: String) {
        #expect(VocabularyHint().text(language: language).hasPrefix(beginning))
    }

    @Test func `names what the repository holds, and the lead-in last`() {
        let hint = VocabularyHint(
            repository: "acme/vocero", branches: ["main", "feature/login"], authors: ["Ana Pérez"],
            files: ["Sources/Speech/Cue.swift"], identifiers: ["parseRequest"])
        #expect(
            hint.text(language: "en").hasPrefix(
                "vocero, Ana Pérez, main, Cue.swift, parseRequest, login. Git repository:"))
    }

    @Test func `says a name once, and not what nobody says`() {
        let hint = VocabularyHint(
            branches: ["main", "MAIN", "release/main", "deadbeef42", "1.0", "a\u{1b}[31m", "line\nbreak", "/", ""],
            files: [String(repeating: "x", count: 41)])
        #expect(hint.text(language: "en").hasPrefix("main, line break. Git"))
    }

    @Test func `stays within the tokens that count`() {
        let many = (0..<1_000).map { "parseHTTPResponse\($0)" }
        let text = VocabularyHint(branches: many, authors: many, files: many, identifiers: many).text(language: "es")
        #expect(VocabularyHint.tokens(text) <= 224)
        #expect(text.hasSuffix("configuración."))
    }
}
