import FoundationEssentials
import HTTP
import JSON
import TestSupport
import Testing

@testable import Assistant
@testable import GitHub
@testable import OpenAI

struct `No number of a server` {
    private static let usage: JSON = [
        "prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3,
        "prompt_tokens_details": ["cached_tokens": 4, "cache_write_tokens": 5],
        "completion_tokens_details": ["reasoning_tokens": 6],
    ]
    private static let chat: JSON = [
        "model": "gpt-5-mini", "created": 1, "usage": usage,
        "choices": [["index": 0, "finish_reason": "stop", "message": ["role": "assistant", "content": "well"]]],
    ]

    @Test func `in a chat answer ends a run, its sums or its price`() throws {
        let variants = ExtremeNumbers.variants(of: Self.chat)
        for text in variants {
            let answer = try ChatAnswerJSON.response(JSON(parsing: text), model: "m", requestID: nil, endpoint: "e")
            use(answer.usage)
        }
        print("hostile numbers: \(variants.count) chat answers, crashes 0")
    }

    @Test func `in a stream does`() throws {
        let chunks: [JSON] = [
            ["choices": [], "usage": Self.usage],
            [
                "choices": [
                    [
                        "index": 0,
                        "delta": [
                            "tool_calls": [["index": 7, "id": "a", "function": ["name": "f", "arguments": "{}"]]]
                        ],
                    ]
                ]
            ],
        ]
        var count = 0
        for chunk in chunks {
            for text in ExtremeNumbers.variants(of: chunk) {
                var stream = ChatStream()
                for data in [text, text, #"{"choices":[{"finish_reason":"stop","delta":{}}]}"#, "[DONE]"] {
                    _ = try stream.feed(ServerSentEvent(data: data))
                }
                use(try #require(stream.response(model: "m", requestID: nil, endpoint: "e")).usage)
                count += 1
            }
        }
        print("hostile numbers: \(count) streams, crashes 0")
    }

    @Test func `in an answer to a recording or to texts does`() async throws {
        let speech: JSON = [
            "text": "well", "duration": 1, "usage": ["input_tokens": 1, "output_tokens": 2, "seconds": 3],
            "segments": [["id": 0, "start": 0, "end": 1, "text": "well"], ["start": 1, "end": 2, "text": "said"]],
        ]
        let vectors: JSON = ["data": [["index": 0, "embedding": [0.5, 1]]], "usage": Self.usage]
        let directory = try TemporaryDirectory()
        let path = try directory.write("a.wav", [UInt8](repeating: 1, count: 100))
        let queue = Answers(
            ExtremeNumbers.variants(of: speech), ExtremeNumbers.variants(of: vectors))
        let server = try LoopbackServer { queue.next($0.path) }
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.url, key: nil), http: HTTPClient(userAgent: "test"), attempts: 1)
        let transcriber = OpenAITranscriber(client: client, model: "whisper-1")
        for _ in 0..<queue.speech.count {
            let request = TranscriptionRequest(path: path, language: "en", hint: nil, wantsSegments: true)
            if let piece = try? await transcriber.transcribe(request) { use(piece.usage) }
        }
        for _ in 0..<queue.vectors.count {
            if let answer = try? await client.embeddings(of: ["a"], model: "m") { use(answer.usage) }
        }
        print("hostile numbers: \(queue.speech.count) transcripts, \(queue.vectors.count) embeddings, crashes 0")
    }

    @Test func `in a batch, its file or a line of it does`() throws {
        let batch: JSON = [
            "id": "b", "status": "completed", "created_at": 1,
            "request_counts": ["total": 1, "completed": 2, "failed": 3],
            "errors": ["data": [["line": 4, "code": "invalid", "message": "no"]]],
        ]
        let file: JSON = ["id": "f", "filename": "n", "bytes": 1, "created_at": 2]
        let line: JSON = [
            "custom_id": "1-1", "response": ["status_code": 200, "request_id": "r", "body": Self.chat], "error": nil,
        ]
        var count = 0
        for text in ExtremeNumbers.variants(of: batch) {
            let read = try #require(RemoteBatch(JSON(parsing: text), key: nil))
            #expect(read.completed + read.failed >= 0)
            count += 1
        }
        for text in ExtremeNumbers.variants(of: file) {
            #expect(try #require(RemoteFile(JSON(parsing: text))).size >= 0)
            count += 1
        }
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: "http://127.0.0.1:1", key: nil), http: HTTPClient(userAgent: "test"))
        for text in ExtremeNumbers.variants(of: line) {
            let result = try #require(client.batchResult(of: Array(text.utf8), model: "m"))
            if case .success(let response) = result.outcome { use(response.usage) }
            count += 1
        }
        print("hostile numbers: \(count) batches, files and lines, crashes 0")
    }

    @Test func `in an error, a header or a rate limit does`() async throws {
        var count = 0
        let error: JSON = ["error": ["message": "no", "code": 1, "param": nil]]
        for text in ExtremeNumbers.variants(of: error) {
            #expect(ServerWords(Array(text.utf8)).isError)
            count += 1
        }
        for number in ExtremeNumbers.texts + ["", "nan", "inf", "0x10", "1h9e18s", "99999999999999999999d", "5m5m"] {
            for name in [
                "retry-after", "retry-after-ms", "x-ratelimit-remaining-requests", "x-ratelimit-limit-tokens",
                "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-remaining-tokens",
            ] {
                var headers = HTTPHeaders()
                for usual in ["requests", "tokens"] where !name.hasSuffix("remaining-" + usual) {
                    headers.append("x-ratelimit-remaining-" + usual, "0")
                }
                headers.append(name, number)
                let wait = HTTPRetryPolicy.serverDelay(headers, now: 1e9) ?? .zero
                let limits = RateLimits(headers)?.wait ?? .zero
                #expect(ContinuousClock.now + wait + limits > .now - .seconds(1))
                count += 1
            }
        }
        let limit: JSON = ["resources": ["core": ["limit": 1, "remaining": 2, "reset": 3]]]
        let queue = Answers(ExtremeNumbers.variants(of: limit), [])
        let server = try LoopbackServer { _ in queue.next("audio") }
        let client = GitHubClient(baseURL: server.url, token: "t", http: HTTPClient(userAgent: "test"))
        for _ in 0..<queue.speech.count {
            _ = try? await client.rateLimit()
            count += 1
        }
        print("hostile numbers: \(count) errors, headers and rate limits, crashes 0")
    }

    private func use(_ usage: Usage) {
        var sum = usage
        for _ in 0..<100 { sum = sum + usage }
        #expect(sum.totalTokens >= 0 && usage.totalTokens >= usage.inputTokens)
        for model in ["gpt-5-mini", "gpt-4.1", "unknown"] {
            if let cost = ModelPrices.listed.cost(ofCall: sum, model: model) { #expect(cost >= 0 && cost.isFinite) }
        }
        let budget = RunBudget(limits: RunLimits())
        for _ in 0..<3 { budget.addStep(sum, costInUSD: 1) }
        _ = budget.reachedLimit()
    }
}

/// Hands out one answer after the other.
private final class Answers: Sendable {
    let speech: [String]
    let vectors: [String]
    private let given = Counter()

    init(_ speech: [String], _ vectors: [String]) {
        self.speech = speech
        self.vectors = vectors
    }

    func next(_ path: String) -> LoopbackReply {
        let isSpeech = path.contains("audio")
        let (texts, place) = isSpeech ? (speech, given.next(0)) : (vectors, given.next(1))
        return .text(texts[place % texts.count], contentType: "application/json")
    }
}
