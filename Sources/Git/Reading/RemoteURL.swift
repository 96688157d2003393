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

    /// `owner/name`, or the last component of a path of this machine; nil when there is none.
    var repositoryName: String? {
        var parts = path.split(separator: "/").map { String($0) }
        guard var name = parts.popLast() else { return nil }
        if name == ".git" { name = parts.popLast() ?? name }
        if name.hasSuffix(".git") && name.count > 4 { name.removeLast(4) }
        let isRemote = host?.isEmpty == false && scheme != "file"
        guard isRemote, let owner = parts.last else { return name }
        return "\(owner)/\(name)"
    }
}
