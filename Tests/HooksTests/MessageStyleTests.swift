import Testing

@testable import Hooks

struct `The style of a repository's messages` {
    static func learned(_ subjects: [String], body: String = "") -> MessageStyle {
        MessageStyle.learned(from: subjects.map { ($0, body) })
    }

    @Test func `is plain English without a history`() {
        let style = Self.learned([])
        #expect(style == MessageStyle())
        #expect(style.instructions().contains("imperative"))
    }

    @Test func `is conventional when most messages are, with their types and scopes`() {
        let style = Self.learned([
            "feat(parser): accept tabs", "fix(parser): keep the last line", "docs: explain it", "feat(cli): add a flag",
            "Something else",
        ])
        #expect(style.isConventional)
        #expect(style.types == ["feat", "docs", "fix"])
        #expect(style.scopes == ["parser", "cli"])
        #expect(!style.startsUpperCase)
        #expect(style.instructions().contains("Conventional Commits"))
    }

    @Test func `is not conventional because of a word and a colon`() {
        let style = Self.learned(["parser: accept tabs", "cli: add a flag", "net/http: close the body"])
        #expect(!style.isConventional)
        #expect(style.prefix == .area)
    }

    @Test(arguments: [
        (["Add the parser", "Fix the bug in the lexer", "Remove a file"], MessageStyle.Language?.some(.english)),
        (["Añade el analizador", "Corrige el fallo de la prueba", "Elimina un archivo"], .spanish), (["x", "z"], nil),
    ])
    func `has a language where it can be told`(subjects: [String], language: MessageStyle.Language?) {
        #expect(Self.learned(subjects).language == language)
    }

    @Test(arguments: [
        (["Add it", "Fix it", "Use it"], MessageStyle.Mood?.some(.imperative)),
        (["Added it", "Fixed it", "Removed that"], .past),
        (["Añadido esto", "Corregido eso", "Quitada la otra"], .past),
        (["One"], nil),
    ])
    func `has a mood where it can be told`(subjects: [String], mood: MessageStyle.Mood?) {
        #expect(Self.learned(subjects).mood == mood)
    }

    @Test func `leaves out what tools write`() {
        let bots = (0..<20).map { "Bump left-pad from 1.\($0).0 to 1.\($0).1" } + ["Merge branch 'x'", "fixup! Add it"]
        let style = Self.learned(bots + ["Añade el analizador", "Corrige el fallo de la prueba"])
        #expect(style.language == .spanish)
        #expect(style.examples == ["Añade el analizador", "Corrige el fallo de la prueba"])
    }

    @Test func `bounds subjects by what is usual`() {
        #expect(Self.learned(Array(repeating: String(repeating: "x", count: 20), count: 10)).longestSubject == 50)
        #expect(Self.learned(Array(repeating: String(repeating: "x", count: 90), count: 10)).longestSubject == 90)
        #expect(Self.learned(Array(repeating: String(repeating: "x", count: 300), count: 10)).longestSubject == 100)
    }

    @Test func `knows trailers, bodies and full stops`() {
        let style = Self.learned(
            ["Add it.", "Fix it.", "Use it."], body: "Because.\n\nSigned-off-by: One <one@example.org>")
        #expect(style.trailers == ["Signed-off-by"])
        #expect(style.shareWithBody == 1)
        #expect(style.endsWithFullStop)
    }

    @Test func `gives way to what is configured`() {
        let style = Self.learned(["Add the parser", "Fix the lexer"]).overriding(
            isConventional: true, language: .spanish)
        #expect(style.isConventional)
        #expect(style.instructions().contains("Spanish"))
    }
}
