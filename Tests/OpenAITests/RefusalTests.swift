import Assistant
import HTTP
import JSON
import OpenAI
import Synchronization
import TestSupport
import Testing

struct `A refusal` {
    static func refuse(
        _ status: Int, _ body: JSON, headers: [String: String] = [:], key: String? = nil
    ) async throws -> (error: EngineError?, requests: Int) {
        let headers = headers.merging(["x-request-id": "req_7"]) { own, _ in own }
        let server = try LoopbackServer { _ in .json(body, status: status, headers: headers) }
        let error = await #expect(throws: EngineError.self) { try await OpenAIClient.quick(server, key: key).models() }
        return (error, server.requests.count)
    }

    @Test(arguments: [
        ("insufficient_quota", EngineError.Kind.quota, 1), ("credit_balance_exhausted", .quota, 1),
        ("organization_spend_limit_exceeded", .quota, 1), ("project_spend_limit_exceeded", .quota, 1),
        ("organization_usage_limit_exceeded", .quota, 1), ("rate_limit_exceeded", .rateLimited, 3),
        ("slow_down", .rateLimited, 3), ("something_new", .rateLimited, 3),
    ]) func `with 429 is decided by its code`(code: String, kind: EngineError.Kind, requests: Int) async throws {
        let result = try await Self.refuse(429, errorBody("Wait or pay.", code: .string(code)))
        #expect(result.error?.kind == kind)
        #expect(result.requests == requests)
        #expect(result.error?.requestID == "req_7")
        #expect(result.error?.causes == ["code \(code)"])
    }

    @Test(arguments: [
        (400, EngineError.Kind.refused, 1), (401, .configuration, 1), (402, .quota, 1), (403, .configuration, 1),
        (404, .configuration, 1), (408, .unavailable, 3), (409, .unavailable, 3), (413, .refused, 1),
        (415, .refused, 1), (422, .refused, 1), (500, .unavailable, 3), (501, .unavailable, 1), (502, .unavailable, 3),
        (503, .unavailable, 3), (504, .unavailable, 3), (529, .unavailable, 3),
    ]) func `means what its status says`(status: Int, kind: EngineError.Kind, requests: Int) async throws {
        let result = try await Self.refuse(status, errorBody("The reason.", type: "server_error"))
        #expect(result.error?.kind == kind)
        #expect(result.requests == requests)
        let message = result.error?.message ?? ""
        #expect(message.contains("answered \(status): The reason; "))
        `A broken answer`.check(result.error)
    }

    @Test func `of the key says which variable to check`() async throws {
        let result = try await Self.refuse(401, errorBody("Wrong.", code: "invalid_api_key"))
        #expect(result.error?.message.contains("OPENAI_API_KEY") == true)
    }

    @Test func `with a long wait is passed on at once`() async throws {
        let result = try await Self.refuse(
            429, errorBody("Later.", code: "rate_limit_exceeded"), headers: ["Retry-After": "3600"])
        #expect(result.error?.kind == .rateLimited)
        #expect(result.requests == 1)
    }

    @Test func `is tried again after the wait that the server asks for`() async throws {
        let server = try LoopbackOpenAI()
        server.fail(.rateLimited(retryAfterMilliseconds: 3))
        server.fail(.rateLimited())
        let waits = Mutex<[Int]>([])
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.baseURL, key: nil), http: HTTPClient(userAgent: "vocero-tests"),
            firstWait: .milliseconds(1)
        ) { attempt, _, _ in waits.withLock { $0.append(attempt) } }
        #expect(try await client.models().count == 3)
        #expect(waits.withLock { $0 } == [1, 2])
    }

    @Test(arguments: [
        (#"{"error":{"message":"  Two\nlines\u001b[31m and\u0000 \u202ecolour "}}"#, "Two lines [31m and colour"),
        (#"{"error":"just text"}"#, "just text"), (#"{"detail":"not here"}"#, "not here"),
        (#"{"detail":{"error":{"message":"deep"}}}"#, "deep"), (#"{"message":"flat","code":404}"#, "flat"),
        (
            #"{"detail":[{"loc":["body","file"],"msg":"field required"},{"msg":"too short"}]}"#,
            "field required; too short"
        ),
        (#"[{"error":{"message":"listed","code":400,"status":"X"}}]"#, "listed"),
        ("upstream connect error", "upstream connect error"),
    ]) func `is quoted in one clean line`(body: String, words: String) async throws {
        let server = try LoopbackServer { _ in .text(body, status: 400) }
        let error = await #expect(throws: EngineError.self) { try await OpenAIClient.quick(server).models() }
        #expect(error?.message.contains("answered 400: \(words); ") == true, "\(error?.message ?? "")")
        #expect(error?.kind == .refused)
    }

    @Test(arguments: [
        "", "<html><body>Bad gateway</body></html>", "{}", "[]", "null", "{\"error\":null}", "\u{0}\u{1}",
    ])
    func `without words needs none`(body: String) async throws {
        let server = try LoopbackServer { _ in .text(body, status: 400) }
        let error = await #expect(throws: EngineError.self) { try await OpenAIClient.quick(server).models() }
        #expect(error?.message.contains("answered 400; ") == true, "\(error?.message ?? "")")
    }

    @Test func `is shortened`() async throws {
        let result = try await Self.refuse(400, errorBody(String(repeating: "long ", count: 10_000)))
        #expect((result.error?.message.count ?? 0) < 500)
    }

    @Test func `never repeats a key`() async throws {
        let key = "my-private-0123456789"
        let said = "Incorrect key \(key), sk-proj-abcdef, (sk-other) and Bearer xyz.token"
        let result = try await Self.refuse(401, errorBody(said, code: .string(key)), key: key)
        let all = String(reflecting: result.error)
        for secret in [key, "sk-proj-abcdef", "sk-other", "xyz.token"] { #expect(!all.contains(secret)) }
        let endpoint = OpenAIEndpoint(baseURL: "https://user@host.example:8443/v1/", key: key)
        #expect(!"\(endpoint) \(String(reflecting: endpoint))".contains(key))
        #expect(endpoint.host == "host.example:8443")
    }

    @Test func `of a hanging server is a timeout`() async throws {
        let server = try LoopbackOpenAI()
        server.fail(.hang)
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.baseURL, key: nil), http: HTTPClient(userAgent: "vocero-tests"),
            attempts: 1, deadlines: HTTPDeadlines(idle: .milliseconds(50)))
        let error = await #expect(throws: EngineError.self) { try await client.models() }
        #expect(error?.kind == .timedOut)
        `A broken answer`.check(error)
    }

    @Test func `of a server that is not there is unavailable`() async throws {
        let server = try LoopbackOpenAI()
        let client = OpenAIClient.quick(server.baseURL)
        server.stop()
        let error = await #expect(throws: EngineError.self) { try await client.models() }
        #expect(error?.kind == .unavailable)
        #expect(error?.causes == ["tried 3 times"])
        `A broken answer`.check(error)
    }

    @Test func `of a redirect to another host keeps the key`() async throws {
        let other = try LoopbackServer { _ in .json(["data": []]) }
        let server = try LoopbackServer { _ in .response(307, headers: ["Location": other.url + "/v1/models"]) }
        let error = await #expect(throws: EngineError.self) {
            try await OpenAIClient.quick(server, key: "secret-key").models()
        }
        #expect(error?.kind == .configuration)
        #expect(other.requests.isEmpty)
    }
}
