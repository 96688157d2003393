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

    /// Whether it may be a short name for another address: `gh:acme/tool` may, `git@host:path` and `https://…` may not.
    var isShort: Bool { scheme == nil && user == nil && host.map { !$0.contains(".") } ?? false }

    /// A user stays where it is no secret: `git@` of ssh.
    var withoutCredentials: String {
        guard let host else { return text }
        let name = user?.prefix { $0 != ":" }
        guard let scheme else { return (name.map { "\($0)@" } ?? "") + "\(host):\(path)" }
        let isPublic = scheme.hasPrefix("ssh") || scheme.hasSuffix("+ssh")
        return "\(scheme)://" + (isPublic ? name.map { "\($0)@" } ?? "" : "") + host + path
    }

    /// `host/owner/name`, with as many owners as there are; nil for a repository of this machine.
    ///
    /// However it is reached: user, usual port, scheme and the ending `.git` are left out, the host is in lower case. The path is
    /// taken as a server takes it: what `.` and `..` lead to.
    var repositoryName: String? {
        guard let host, scheme != "file" else { return nil }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        if parts.last == ".git" { parts.removeLast() }
        guard var name = parts.popLast() else { return nil }
        if name.hasSuffix(".git"), name.count > 4 { name.removeLast(4) }
        let server = Self.withoutUsualPort(host).lowercased()
        return server.isEmpty ? nil : ([server[...]] + parts + [name]).joined(separator: "/")
    }

    /// Behind another port is another server, as far as anybody can tell.
    private static func withoutUsualPort(_ host: String) -> String {
        for port in [":22", ":443", ":80", ":9418"] where host.hasSuffix(port) {
            return String(host.dropLast(port.utf8.count))
        }
        return host
    }
}
