/// The URL of a remote, in any form that git takes: with a scheme, `host:path`, or a path.
struct RemoteURL {
    private let scheme: String?
    private let user: String?
    private let host: String?
    private let path: String
    private let text: String

    init(_ text: String) {
        self.text = text
        if let range = text.firstRange(of: "://") {
            scheme = text[..<range.lowerBound].lowercased()
            let rest = text[range.upperBound...]
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            let authority = rest[..<slash]
            let at = authority.lastIndex(of: "@")
            user = at.map { String(authority[..<$0]) }
            host = String(at.map { authority[authority.index(after: $0)...] } ?? authority)
            // A query or fragment may hold a token and is no part of a repository's name.
            path = String(rest[slash...].prefix { $0 != "?" && $0 != "#" })
            return
        }
        scheme = nil
        let colon = text.firstIndex(of: ":")
        if let colon, !text[..<colon].contains("/"), colon != text.startIndex {
            let authority = text[..<colon]
            let at = authority.lastIndex(of: "@")
            user = at.map { String(authority[..<$0]) }
            host = String(at.map { authority[authority.index(after: $0)...] } ?? authority)
            path = String(text[text.index(after: colon)...])
        } else {
            user = nil
            host = nil
            path = text
        }
    }

    /// A user stays where it is no secret: `git@` of ssh.
    var withoutCredentials: String {
        guard let host else { return text }
        let name = user?.prefix { $0 != ":" }
        guard let scheme else { return (name.map { "\($0)@" } ?? "") + "\(host):\(path)" }
        let isPublic = scheme.hasPrefix("ssh") || scheme.hasSuffix("+ssh")
        return "\(scheme)://" + (isPublic ? name.map { "\($0)@" } ?? "" : "") + host + path
    }

    /// `host/owner/name`: who the repository is, whatever way leads there. Nil for a path of this machine, which says
    /// nothing of that.
    var repositoryName: String? {
        guard let host, !host.isEmpty, scheme != "file" else { return nil }
        var parts = path.split(separator: "/").map { String($0) }
        if parts.last == ".git" { parts.removeLast() }
        if let last = parts.last, last.hasSuffix(".git"), last.count > 4 { parts[parts.count - 1].removeLast(4) }
        return parts.isEmpty ? nil : ([Self.withoutUsualPort(host.lowercased())] + parts).joined(separator: "/")
    }

    private static func withoutUsualPort(_ host: String) -> String {
        for port in [":22", ":443", ":80", ":9418"] where host.hasSuffix(port) {
            return String(host.dropLast(port.count))
        }
        return host
    }
}
