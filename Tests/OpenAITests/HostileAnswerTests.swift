import Assistant
import JSON
import OpenAI
import TestSupport
import Testing

struct `A broken answer` {
    static let page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>"
    static let first = #"{"choices":[{"delta":{"content":"The answ"}}]}"#
    static let last = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#

    /// What a server does, and what is made of it.
    static let streams: [(LoopbackReply, EngineError.Kind)] = [
        (.events([last, "[DONE]"].map { $0.replacing("stop", with: "a_new_word") }), .malformed),
        (.events([first, last.replacing("stop", with: "error")]), .unavailable),
        (.events([first]), .malformed),
        (.events([]), .malformed),
        (.events(["[DONE]"]), .malformed),
        (.events([first], ending: .cut), .malformed),
        (.events([first, last], ending: .reset), .malformed),
        (.events([first, "{\"choices\":[{\"delta\":{\"content\":\"er", last, "[DONE]"]), .malformed),
        (.events([first, "<html>", last, "[DONE]"]), .malformed),
        (.events([first, #"{"error":{"message":"overloaded","code":"server_error"}}"#, last, "[DONE]"]), .unavailable),
        (.events([first, #"{"error":{"message":"slow","code":"rate_limit_exceeded"}}"#]), .rateLimited),
        (.events([first, #"{"error":{"message":"money","type":"insufficient_quota"}}"#]), .quota),
        (.events([first, #"{"error":{"message":"filtered","code":400}}"#]), .refused),
        (.events([first, #"{"error":"text"}"#]), .unavailable),
        (.stream(pieces: [.init("event: error\ndata: overloaded\n\n")]), .unavailable),
        (.text(page, contentType: "text/html"), .malformed),
        (.text("", contentType: "text/event-stream"), .malformed),
        (.text("plain words", contentType: "text/plain"), .malformed),
        (.text("{", contentType: "application/json"), .malformed),
        (.text("{}", contentType: "application/json"), .malformed),
        (.text(#"{"error":{"message":"bad key","code":401}}"#, contentType: "application/json"), .configuration),
        (.short(headers: ["Content-Type": "application/json"], body: Array("{".utf8), length: 9), .malformed),
        (.stream(pieces: [.init([0xff, 0xfe, 0x00]), .init("data: \u{0}\n\n")]), .malformed),
        (.raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)), .malformed),
        (.reset, .unavailable),
        (.close, .unavailable),
    ]

    @Test(arguments: streams.indices) func `of a stream is an error, never a shorter answer`(row: Int) async throws {
        let (reply, kind) = Self.streams[row]
        let error = await #expect(throws: EngineError.self) { try await `A chat model`.ask(reply) }
        #expect(error?.kind == kind, "\(error?.message ?? "")")
        Self.check(error)
    }

    static let wholes: [(String, EngineError.Kind)] = [
        ("", .malformed), ("{", .malformed), ("[]", .malformed), ("null", .malformed), ("\"text\"", .malformed),
        (page, .malformed), ("{}", .malformed), (#"{"choices":[]}"#, .malformed), (#"{"choices":{}}"#, .malformed),
        (#"{"choices":[{}]}"#, .malformed), (#"{"choices":[{"message":"text"}]}"#, .malformed),
        (#"{"choices":[{"message":{"content":7}}]}"#, .malformed),
        (#"{"choices":[{"message":{"content":"a","tool_calls":{}}}]}"#, .malformed),
        (#"{"choices":[{"message":{"content":"a"}}],"choices":[]}"#, .malformed),
        (#"{"choices":[{"message":{"content":"a"}}]} trailing"#, .malformed),
        (String(repeating: "[", count: 5000), .malformed),
        (#"{"error":{"message":"no such model","code":404}}"#, .configuration),
        (#"{"error":{"message":"no money","code":"insufficient_quota"}}"#, .quota),
    ]

    @Test(arguments: wholes.indices) func `of a whole chat is an error`(row: Int) async throws {
        let (body, kind) = Self.wholes[row]
        let error = await #expect(throws: EngineError.self) {
            try await `A chat model`.ask(.text(body), streams: false)
        }
        #expect(error?.kind == kind, "\(error?.message ?? "")")
        Self.check(error)
    }

    @Test(arguments: [
        "", "{", "[]", page, #"{"text":5}"#, #"{"txt":"a"}"#, #"{"text":"a"#, #"{"text":"a","text":"b"}"#,
    ]) func `of a transcription is an error`(body: String) async throws {
        let server = try LoopbackServer { _ in .text(body) }
        let directory = try TemporaryDirectory()
        let path = try directory.write("a.wav", "RIFF")
        let error = await #expect(throws: EngineError.self) {
            try await OpenAITranscriber(client: .quick(server), model: "whisper-1")
                .transcribe(TranscriptionRequest(path: path))
        }
        #expect(error?.kind == .malformed)
        Self.check(error)
    }

    @Test(arguments: [
        "", "{}", page, #"{"data":{}}"#, #"{"data":[]}"#, #"{"data":[{"embedding":[1,2]}]}"#,
        #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
        #"{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}"#,
        #"{"data":[{"index":-1,"embedding":[1]},{"index":1,"embedding":[1]}]}"#,
        #"{"data":[{"embedding":[1]},{"embedding":[1,2]}]}"#, #"{"data":[{"embedding":[]},{"embedding":[]}]}"#,
        #"{"data":[{"embedding":["a"]},{"embedding":["b"]}]}"#,
        #"{"data":[{"embedding":"AAAA"},{"embedding":"AAAA"}]}"#,
        #"{"data":[{"embedding":"!!!!"},{"embedding":"!!!!"}]}"#,
        #"{"data":[{"embedding":[1e300]},{"embedding":[1]}]}"#,
        #"{"data":[{"embedding":"AADAfw=="},{"embedding":"AACAPw=="}]}"#, #"{"data":[{},{}]}"#,
    ]) func `of embeddings is an error`(body: String) async throws {
        let server = try LoopbackServer { _ in .text(body) }
        let error = await #expect(throws: EngineError.self) {
            try await OpenAIEmbedder(client: .quick(server), model: "m").embed(["a", "b"], purpose: .query)
        }
        #expect(error?.kind == .malformed)
        Self.check(error)
    }

    /// One sentence that names the server, on one line.
    static func check(_ error: EngineError?) {
        let message = error?.message ?? ""
        #expect(message.contains("127.0.0.1:"))
        #expect(message.hasSuffix("."))
        #expect(!message.contains { $0.isNewline || $0 == "\u{1b}" })
    }
}
