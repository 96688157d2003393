package import HTTP
internal import JSON

/// A typed client of the GitHub REST API. Sends the version and media type with every request, decodes leniently,
/// and words refusals so that a person knows what to change.
package struct GitHubClient: Sendable {
    /// The API version whose fields are relied on.
    static let version = "2022-11-28"

    private let baseURL: String
    private let token: String?
    private let http: HTTPClient

    /// `baseURL` is `https://api.github.com`, or an enterprise server's `https://HOST/api/v3`.
    package init(baseURL: String, token: String?, http: HTTPClient) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.token = token
        self.http = http
    }

    /// How many requests the token has left; costs none of them. Throws ``GitHubError`` of kind `unauthorized` for a
    /// token that GitHub does not know.
    package func rateLimit() async throws(GitHubError) -> GitHubRateLimit {
        let json = try await get("/rate_limit")
        guard let core = json["resources"]?["core"] ?? json["rate"],
            let limit = core["limit"]?.integer, let remaining = core["remaining"]?.integer
        else {
            throw GitHubError(.malformed, "\(host) sent no rate limit; check that github.url is its API's address.")
        }
        return GitHubRateLimit(limit: limit, remaining: remaining, resetsAt: core["reset"]?.integer ?? 0)
    }

    private func get(_ path: String) async throws(GitHubError) -> JSON {
        var headers: HTTPHeaders = [
            "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": Self.version,
        ]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        // Reads may be repeated; what a limit asks to wait is GitHub's to say.
        let request = HTTPRequest(
            url: baseURL + path, headers: headers,
            retries: HTTPRetryPolicy(maxAttempts: 3, shouldRetry: { (500...599).contains($0.head.status) }))
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(request)
        } catch {
            throw GitHubError(error.code == .cancelled ? .cancelled : .unavailable, error.message)
        }
        guard (200..<300).contains(response.head.status) else { throw GitHubError(response, host: host) }
        do throws(JSONError) {
            return try JSON(parsing: response.body)
        } catch {
            throw GitHubError(.malformed, "\(host) answered with \(error); check that github.url is its API's address.")
        }
    }

    private var host: String {
        let behind = baseURL.firstRange(of: "://").map { baseURL[$0.upperBound...] } ?? baseURL[...]
        return String(behind.prefix { $0 != "/" })
    }
}

/// The primary limit of a token.
package struct GitHubRateLimit: Sendable, Hashable {
    /// Requests an hour.
    package let limit: Int
    package let remaining: Int
    /// Seconds since 1970.
    package let resetsAt: Int
}
