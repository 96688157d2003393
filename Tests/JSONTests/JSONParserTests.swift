import JSON
import Testing

struct `JSON text` {
    @Test(arguments: [
        (#"{"a":1,"b":[true,null,-2.5e3,"x"]}"#, #"{"a":1,"b":[true,null,-2500.0,"x"]}"#),
        (#" [ ] "#, "[]"),
        (#""\u00e9\ud83d\ude00\n\/""#, "\"é😀\\n/\""),
        ("\"caf\u{e9}\"", "\"caf\u{e9}\""),
        ("12345678901234567890", "1.2345678901234567e+19"),
        (#"{"z":{},"a":[]}"#, #"{"a":[],"z":{}}"#),
        (#""\u0000""#, #""\u0000""#),
    ])
    func `is read and written back with sorted keys`(text: String, written: String) throws {
        #expect(try JSON(parsing: text).description == written)
    }

    @Test(arguments: [
        "", " ", "{", "[1", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "01", "1.", ".5", "+1", "1e", "--1",
        "NaN",
        "Infinity", "tru", "nul", "'a'", #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\u0041""#, "\"a\nb\"", "\"",
        "1 2",
        #"{"path":"a","path":"../b"}"#, #"{"a":1,"\u0061":2}"#, "1e999", "[1]]", "{1:2}", "\u{feff}1",
    ])
    func `is refused when it is broken or has a key twice`(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test func `is refused when it is not UTF-8`() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xff, 0x22]) }
    }

    @Test func `is refused when it is nested too deep`() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test func `is indented when it is written for people`() throws {
        let value: JSON = ["a": [1], "b": [:]]
        #expect(value.text(pretty: true) == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}")
    }

    /// A text in JSON, and how it is read with halves replaced and with halves kept until they are joined.
    @Test(arguments: [
        (#""a\ud83d\ude00b""#, "a😀b", "a😀b"), (#""\ud83d""#, "\u{fffd}", "\u{fffd}"),
        (#""\ude00x""#, "\u{fffd}x", "\u{fffd}x"),
        (#""\ud83d\u0041""#, "\u{fffd}A", "\u{fffd}A"), (#""\ud83d\n""#, "\u{fffd}\n", "\u{fffd}\n"),
        (#""\ude00\ud83d""#, "\u{fffd}\u{fffd}", "\u{fffd}\u{fffd}"),
        (#""\ud83d\ud83d\ude00""#, "\u{fffd}😀", "\u{fffd}😀"),
    ]) func `reads half a character as it is told to`(text: String, replaced: String, joined: String) throws {
        #expect(try JSON(parsing: Array(text.utf8), halves: .replaced).string == replaced)
        #expect(try JSON(parsing: Array(text.utf8), halves: .kept).string?.joiningHalves() == joined)
    }

    @Test func `joins the halves of a character that come one after the other`() throws {
        let first = try #require(try JSON(parsing: Array(#""a\ud83d""#.utf8), halves: .kept).string)
        let second = try #require(try JSON(parsing: Array(#""\ude00b""#.utf8), halves: .kept).string)
        #expect(first.endsInHalf && !second.endsInHalf && !"a".endsInHalf)
        #expect((first + second).joiningHalves() == "a😀b")
    }
}
