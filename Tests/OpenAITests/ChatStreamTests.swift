import Assistant
import HTTP
import JSON
import Testing

@testable import OpenAI

struct `A streamed chat answer` {
    /// Text, two calls in pieces, a reason, the usage, the end.
    static let events = [
        #"{"model":"m-2","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
        #"{"choices":[{"index":0,"delta":{"content":"Look"}}]}"#,
        #"{"choices":[{"index":0,"delta":{"content":"ing…"}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"git_log","arguments":""}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"n\""}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"file_read","arguments":"{}"}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":2}}}"#,
        "[DONE]",
    ]

    static func response(_ events: [String]) throws -> ChatResponse? {
        var stream = ChatStream()
        for event in events { _ = try stream.feed(ServerSentEvent(data: event)) }
        _ = stream.rest()
        return stream.response(model: "m", requestID: nil, endpoint: "e")
    }

    @Test func `is joined by the calls' indices`() throws {
        let response = try #require(try Self.response(Self.events))
        #expect(response.text == "Looking…")
        #expect(
            response.calls == [
                ToolCall(id: "a", name: "git_log", arguments: #"{"n":1}"#),
                ToolCall(id: "b", name: "file_read", arguments: "{}"),
            ])
        #expect(response.finishReason == "tool_calls")
        #expect(response.usage == Usage(inputTokens: 9, cachedInputTokens: 2, outputTokens: 4))
        #expect(response.given == nil)
        #expect(response.model == "m-2")
    }

    @Test(arguments: 0..<events.count) func `is no answer when it is cut before either of its ends`(count: Int) throws {
        let response = try Self.response(Array(Self.events.prefix(count)))
        #expect((response != nil) == (count >= 8))
    }

    @Test func `is whole with its last word alone, when something was said`() throws {
        let events = Self.events.filter { !$0.contains("finish_reason") }
        #expect(try Self.response(events)?.finishReason == "tool_calls")
        #expect(try Self.response(["[DONE]"]) == nil)
        #expect(try Self.response([#"{"choices":[{"delta":{"content":" "}}]}"#, "[DONE]"]) == nil)
    }

    static func call(_ members: String) -> String { #"{"choices":[{"delta":{"tool_calls":[\#(members)]}}]}"# }
    static let end = [#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#, "[DONE]"]

    @Test(arguments: [
        // No index: a name and another id begin the next call.
        (
            [
                call(#"{"id":"x","function":{"name":"a","arguments":"{\"k\":"}}"#),
                call(#"{"function":{"arguments":"1}"}}"#),
                call(#"{"id":"y","function":{"name":"b","arguments":"{}"}}"#),
            ], [ToolCall(id: "x", name: "a", arguments: #"{"k":1}"#), ToolCall(id: "y", name: "b", arguments: "{}")]
        ),
        // The same index for every call.
        (
            [
                call(#"{"index":0,"id":"x","function":{"name":"a","arguments":"{}"}}"#),
                call(#"{"index":0,"id":"y","function":{"name":"a","arguments":"{}"}}"#),
            ], [ToolCall(id: "x", name: "a", arguments: "{}"), ToolCall(id: "y", name: "a", arguments: "{}")]
        ),
        // Neither index nor id; arguments as an object.
        (
            [call(#"{"function":{"name":"a","arguments":{"k":1}}},{"function":{"name":"b"}}"#)],
            [
                ToolCall(id: "call_0", name: "a", arguments: #"{"k":1}"#),
                ToolCall(id: "call_1", name: "b", arguments: ""),
            ]
        ),
        // The name again with every piece, another id with every piece.
        (
            [
                call(#"{"index":0,"id":"x","function":{"name":"a","arguments":"{"}}"#),
                call(#"{"index":0,"id":"x","function":{"name":"a","arguments":"}"}}"#),
                call(#"{"index":0,"id":"z","function":{"arguments":" "}}"#),
            ], [ToolCall(id: "x", name: "a", arguments: "{} ")]
        ),
        // Out of order.
        (
            [
                call(#"{"index":7,"id":"y","function":{"name":"b","arguments":"{}"}}"#),
                call(#"{"index":3,"id":"x","function":{"name":"a","arguments":"{}"}}"#),
            ], [ToolCall(id: "x", name: "a", arguments: "{}"), ToolCall(id: "y", name: "b", arguments: "{}")]
        ),
    ]) func `is joined as compatible servers cut it`(events: [String], calls: [ToolCall]) throws {
        #expect(try Self.response(events + Self.end)?.calls == calls)
    }

    @Test(arguments: [
        #"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#,
        #"{"choices":[{"delta":{"content":null,"refusal":"ab"}}],"usage":null,"unknown":{"x":[1]}}"#,
        #"{"choices":[{"delta":{"content":"ab","tool_calls":null,"reasoning_content":"hm"}}]}"#,
    ]) func `is read in the forms that text has`(event: String) throws {
        #expect(try Self.response(["", "  ", #"{"type":"ping"}"#, event] + Self.end)?.text == "ab")
    }

    @Test(arguments: [
        "{", "5", "null", "[]", "nonsense", #"{"choices":[{"delta":{"content":5}}]}"#,
        #"{"choices":[{"delta":{"content":{"text":"a"}}}]}"#, #"{"choices":[{"delta":{"tool_calls":"a"}}]}"#,
        #"{"choices":[{"delta":{"content":"a","content":"b"}}]}"#, "[DONE", #"{"choices":[{"delta":{"content":"a"#,
    ]) func `is refused when an event is not what the protocol allows`(event: String) {
        #expect(throws: JSONError.self) { try Self.response([event]) }
    }

    @Test func `says when the server gave up`() throws {
        var stream = ChatStream()
        #expect(try stream.feed(ServerSentEvent(data: #"{"error":{"message":"no"}}"#)) == .failed(errorJSON("no")))
        #expect(try stream.feed(ServerSentEvent(event: "error", data: "overloaded")) == .failed("overloaded"))
    }

    private func errorJSON(_ message: String) -> JSON { ["error": ["message": .string(message)]] }
}
