import GitHub
import HTTP
import JSON
import TestSupport
import Testing

struct `The GitHub client` {
    static func client(_ server: LoopbackServer, token: String? = "ghp_secret") -> GitHubClient {
        GitHubClient(baseURL: server.url + "/", token: token, http: HTTPClient(userAgent: "vocero/test"))
    }

    @Test func `asks with the version, the media type and the token`() async throws {
        let recording = RequestRecording(service: "github")
        let server = try LoopbackServer { request in
            recording?.record(request, path: request.path)
            return .json(["resources": ["core": ["limit": 5000, "remaining": 4999, "reset": 1]], "rate": [:]])
        }
        let limit = try await Self.client(server).rateLimit()
        #expect((limit.limit, limit.remaining, limit.resetsAt) == (5000, 4999, 1))
        let headers = try #require(server.requests.first).headers
        #expect(headers["accept"] == "application/vnd.github+json")
        #expect(headers["x-github-api-version"] == "2022-11-28")
        #expect(headers["authorization"] == "Bearer ghp_secret")
    }

    @Test(
        arguments: [
            (401, [:], #"{"message":"Bad credentials"}"#, GitHubError.Kind.unauthorized, "GITHUB_TOKEN"),
            (403, ["x-ratelimit-remaining": "0"], "{}", .rateLimited, "Wait"),
            (403, [:], #"{"message":"You have exceeded a secondary rate limit."}"#, .rateLimited, "Wait"),
            (429, ["retry-after": "60"], "", .rateLimited, "60 seconds"),
            (
                403, ["x-accepted-github-permissions": "issues=write"], #"{"message":"Resource not accessible"}"#,
                .forbidden, "issues=write"
            ),
            (404, [:], "{}", .notFound, "404"), (422, [:], "{}", .refused, "422"),
            (200, [:], "<html>", .malformed, "github.url"),
            (200, [:], "{}", .malformed, "github.url"),
        ] as [(Int, [String: String], String, GitHubError.Kind, String)])
    func `says what a refusal means`(
        status: Int, headers: [String: String], body: String, kind: GitHubError.Kind, words: String
    ) async throws {
        let server = try LoopbackServer { _ in .response(status, headers: headers, body: Array(body.utf8)) }
        let error = await #expect(throws: GitHubError.self) { try await Self.client(server).rateLimit() }
        #expect(error?.kind == kind)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("ghp_secret") == false)
    }
}
