import Testing

@testable import HTTP

struct `A parser of server-sent events` {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var events: [ServerSentEvent]
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ events: ServerSentEvent...) {
            self.text = text
            self.events = events
        }
    }

    static let rows: [Row] = [
        Row("data: a\n\n", .init(data: "a")),
        Row("data:a\n\ndata:  b\n\n", .init(data: "a"), .init(data: " b")),
        Row("data: a\r\n\r\ndata: b\r\rdata: c\n\r\n", .init(data: "a"), .init(data: "b"), .init(data: "c")),
        Row("data: a\r\n\r\n\r\n\r\n", .init(data: "a")),
        Row("data: one\ndata: two\ndata\ndata:\n\n", .init(data: "one\ntwo\n\n")),
        Row("data\n\n", .init(data: "")),
        Row(": a comment\n\n:\n\ndata: a\n\n", .init(data: "a")),
        Row("event: delta\nid: 7\ndata: {}\n\n", .init(event: "delta", data: "{}", id: "7")),
        Row(
            "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", .init(data: "a", id: "7"), .init(data: "b", id: "7"),
            .init(data: "c", id: "")),
        Row("id: 1\0\ndata: a\n\n", .init(data: "a")),
        Row("event: lost\n\ndata: a\n\n", .init(data: "a")),
        Row("retry: 10\nunknown: x\nDATA: x\n data: x\ndata: a\n\n", .init(data: "a")),
        Row("\u{feff}data: a\n\ndata: b\n\n", .init(data: "a"), .init(data: "b")),
        Row("data: \u{feff}señal 🎙️ 日本\n\n", .init(data: "\u{feff}señal 🎙️ 日本")),
        Row("data: cut off\n"),
        Row("data: cut off"),
        Row("data: a: b: c\n\n", .init(data: "a: b: c")),
        Row(""),
        Row("\n\n\r\r\n\n"),
        Row("data: [DONE]\n\n", .init(data: "[DONE]")),
    ]

    @Test(arguments: rows) func `finds the same events wherever the stream is cut`(row: Row) {
        let bytes = Array(row.text.utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                var parser = ServerSentEventParser()
                let events =
                    parser.feed(Array(bytes[..<first])) + parser.feed(Array(bytes[first..<second]))
                    + parser.feed(Array(bytes[second...]))
                #expect(events == row.events, "cut at \(first) and \(second)")
            }
        }
        var parser = ServerSentEventParser()
        #expect(bytes.flatMap { parser.feed([$0]) } == row.events, "byte by byte")
    }

    @Test func `replaces what is not UTF-8`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed(Array("data: ".utf8) + [0xff, 0x0a, 0x0a]) == [ServerSentEvent(data: "\u{fffd}")])
    }
}
