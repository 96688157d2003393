internal import HTTP
internal import JSON

/// Why GitHub gave no answer.
package struct GitHubError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The token is missing, wrong or expired.
        case unauthorized
        /// The token may not do this.
        case forbidden
        /// The primary or a secondary limit is reached.
        case rateLimited
        case notFound
        case refused
        /// Not reached, or 5xx.
        case unavailable
        case malformed
        case cancelled
    }

    package var kind: Kind
    /// One sentence: what, where, what to do next. Never the token.
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    init(_ response: HTTPResponse, host: String) {
        let status = response.head.status
        let headers = response.head.headers
        let said = (try? JSON(parsing: response.body))?["message"]?.string.map { ": " + Self.line($0) } ?? ""
        let isLimit =
            headers["x-ratelimit-remaining"] == "0" || headers["retry-after"] != nil
            || said.lowercased().contains("rate limit")
        switch status {
        case 401: self.init(.unauthorized, "\(host) answered 401\(said); set a valid token (GITHUB_TOKEN).")
        case 403 where isLimit, 429:
            let wait = headers["retry-after"].map { " Wait \($0) seconds." } ?? " Wait until the limit is reset."
            self.init(.rateLimited, "\(host) answered \(status)\(said).\(wait)")
        case 403:
            let needed = headers["x-accepted-github-permissions"].map { " It needs the permission \($0)." } ?? ""
            self.init(.forbidden, "\(host) answered 403\(said).\(needed)")
        case 404: self.init(.notFound, "\(host) answered 404\(said); it may also be hidden from this token.")
        case 500...: self.init(.unavailable, "\(host) answered \(status)\(said); try again later.")
        default: self.init(.refused, "\(host) answered \(status)\(said).")
        }
    }

    /// One line, at most 200 characters, without control characters.
    private static func line(_ text: String) -> String {
        let kept = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : Character($0) }
        var line = String(kept.prefix(200))
        while line.hasSuffix(".") { line.removeLast() }
        return line
    }
}
