import JSON
import Testing

struct `JSON that is written` {
    @Test(arguments: [
        ("\u{9b}31m", #""\u009b31m""#), ("a\u{202e}b", #""a\u202eb""#), ("\u{2066}x\u{2069}", #""\u2066x\u2069""#),
        ("\u{e0041}", #""\udb40\udc41""#), ("\u{feff}", #""\ufeff""#), ("\u{200b}", #""\u200b""#),
        ("\u{1b}\u{7f}", #""\u001b\u007f""#), ("línea ñ 漢字 👩‍💻", #""línea ñ 漢字 👩‍💻""#),
    ])
    func `moves no cursor and turns no text, and is read as it was`(text: String, written: String) throws {
        #expect(JSON.string(text).text() == written)
        #expect(try JSON(parsing: written) == .string(text))
        #expect(JSON.object([text: 1]).text() == "{\(written):1}")
    }

    @Test(
        arguments: [
            (JSON.integer(.min), 0), (.integer(-1), 0), (.integer(7), 7), (.integer(.max), JSON.mostCounted),
            (.number(1e300), JSON.mostCounted), (.number(-1e300), 0), (.number(2.1), 3), (.string("7"), nil),
            (.null, nil),
        ] as [(JSON, Int?)])
    func `counts within bounds`(json: JSON, count: Int?) {
        #expect(json.count == count)
    }

    @Test func `is looked into where a text is JSON, string by string`() {
        let mark = { (text: String) in text.contains("\n") ? "lines" : text }
        #expect(JSON.replacing(inText: #"{"a":"x\ny","b":1}"#, mark) == #"{"a":"lines","b":1}"#)
        #expect(JSON.replacing(inText: #"{ "b":1 }"#, mark) == #"{ "b":1 }"#)
        #expect(JSON.replacing(inText: "{no\njson", mark) == "lines")
    }
}
