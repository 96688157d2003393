import Testing

@testable import Application

struct `Markdown on a terminal` {
    private static func rendered(_ text: String) -> String {
        var renderer = MarkdownRenderer()
        return renderer.feed(text) + renderer.finish()
    }

    @Test(arguments: [
        ("# Title", "\u{1b}[1mTitle\u{1b}[22m\n"),
        ("## Part two\n", "\u{1b}[1mPart two\u{1b}[22m\n"),
        ("#hashtag", "#hashtag\n"),
        ("some **bold** words", "some \u{1b}[1mbold\u{1b}[22m words\n"),
        ("run `git log` now", "run \u{1b}[36mgit log\u{1b}[39m now\n"),
        ("- one\n  - two\n* three", "• one\n  • two\n• three\n"),
        ("> said", "\u{1b}[2m│ \u{1b}[22msaid\n"),
        ("2 * 3 * 4", "2 * 3 * 4\n"),
        ("an open **sign", "an open **sign\n"),
        ("an open `sign", "an open `sign\n"),
        ("**** and ``", "**** and ``\n"),
        ("plain words: á日本", "plain words: á日本\n"),
        ("", ""),
        ("\n\n", "\n\n"),
    ])
    func `shows what the signs mean`(text: String, shown: String) {
        #expect(Self.rendered(text) == shown)
    }

    @Test func `leaves code in fences as it is, and colours differences`() {
        let shown = Self.rendered("```diff\n+**new**\n-old\n@@ here\n same\n```\n**after**")
        #expect(shown.contains("\u{1b}[32m+**new**\u{1b}[39m\n\u{1b}[31m-old\u{1b}[39m\n"))
        #expect(shown.contains("\n same\n"))
        #expect(shown.hasSuffix("\u{1b}[1mafter\u{1b}[22m\n"))
    }

    @Test(arguments: ["\u{1b}[31mred", "\u{1b}]0;title\u{7}", "\u{9b}2J", "back\u{8}space"])
    func `lets no control sequence of the text through`(text: String) {
        let shown = Self.rendered(text)
        #expect(!shown.contains("\u{1b}") && !shown.contains("\u{9b}") && !shown.contains("\u{8}"))
    }

    @Test func `comes out the same however the text arrives`() {
        let text = "# Title\n\n- some **bold** and `code`\n```\n+x\n```\n\u{1b}[2Jend é🇪🇸"
        var renderer = MarkdownRenderer()
        var shown = ""
        for character in text.unicodeScalars { shown += renderer.feed(String(character)) }
        #expect(shown + renderer.finish() == Self.rendered(text))
    }
}
