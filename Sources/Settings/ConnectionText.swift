/// A libpq connection string with its password hidden. What is not understood whole is not shown at all: its password may
/// be anywhere in it.
enum ConnectionText {
    /// Shown in place of one that cannot be taken apart.
    static let hidden = "set, and not shown: it is no connection string that is understood"

    static func masked(_ text: String) -> (text: String, password: String?) {
        let parts = text.contains("://") ? url(text) : pairs(text)
        guard let parts else { return (hidden, likelyPassword(text)) }
        return (parts.map(\.shown).joined(), parts.compactMap(\.secret).first)
    }

    static func isUnderstood(_ text: String) -> Bool { (text.contains("://") ? url(text) : pairs(text)) != nil }

    /// Every secret in it, also where it says several.
    static func secrets(_ text: String) -> [String] {
        let parts = text.contains("://") ? url(text) : pairs(text)
        return parts?.compactMap(\.secret) ?? [likelyPassword(text)].compactMap(\.self)
    }

    private struct Part {
        var shown: String
        var secret: String?

        static func plain(_ text: some StringProtocol) -> Part { Part(shown: String(text)) }
        static func secret(_ text: some StringProtocol) -> Part { Part(shown: "…", secret: String(text)) }
    }

    private static func isSecret(_ name: some StringProtocol) -> Bool {
        ["password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"].contains(
            name.lowercased())
    }

    /// `postgresql://user:password@host:port/database?name=value&…`
    private static func url(_ text: String) -> [Part]? {
        guard let scheme = text.firstRange(of: "://"),
            ["postgresql", "postgres"].contains(text[..<scheme.lowerBound].lowercased())
        else { return nil }
        var parts: [Part] = [.plain(text[..<scheme.upperBound])]
        var rest = text[scheme.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        // An @ further on belongs to a password that was written with a slash in it, or to nothing.
        guard !rest[end...].prefix(while: { $0 != "?" }).contains("@") else { return nil }
        let authority = rest[..<end]
        guard authority.filter({ $0 == "@" }).count <= 1, !authority.contains(where: \.isWhitespace) else { return nil }
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at]
            if let colon = user.firstIndex(of: ":") {
                parts += [.plain(user[...colon]), .secret(user[user.index(after: colon)...])]
            } else {
                parts.append(.plain(user))
            }
            parts.append(.plain(authority[at...]))
        } else {
            // Without an @ nothing but ports may stand behind a colon.
            guard ports(authority) else { return nil }
            parts.append(.plain(authority))
        }
        rest = rest[end...]
        guard let question = rest.firstIndex(of: "?") else { return parts + [.plain(rest)] }
        parts.append(.plain(rest[...question]))
        for (number, pair) in rest[rest.index(after: question)...].split(separator: "&").enumerated() {
            if number > 0 { parts.append(.plain("&")) }
            guard let equals = pair.firstIndex(of: "="), isName(pair[..<equals]) else { return nil }
            parts.append(.plain(pair[...equals]))
            let value = pair[pair.index(after: equals)...]
            parts.append(isSecret(pair[..<equals]) ? .secret(value) : .plain(value))
        }
        return parts
    }

    private static func ports(_ authority: Substring) -> Bool {
        authority.split(separator: ",").allSatisfy { host in
            guard !host.hasPrefix("["), let colon = host.lastIndex(of: ":") else { return true }
            let port = host[host.index(after: colon)...]
            return !host[..<colon].contains(":") && port.count <= 5 && port.allSatisfy { $0.isASCII && $0.isNumber }
        }
    }

    /// `host=… password=…`, with or without quotes, in whatever order.
    private static func pairs(_ text: String) -> [Part]? {
        var parts: [Part] = []
        var rest = text[...]
        while true {
            let spaces = rest.prefix { $0.isWhitespace }
            rest = rest.dropFirst(spaces.count)
            guard !rest.isEmpty else { return parts.isEmpty ? nil : parts }
            if !parts.isEmpty { parts.append(.plain(" ")) }
            let name = rest.prefix { $0 != "=" && !$0.isWhitespace }
            rest = rest.dropFirst(name.count).drop { $0.isWhitespace }
            guard isName(name), rest.first == "=" else { return nil }
            rest = rest.dropFirst().drop { $0.isWhitespace }
            guard let value = takeValue(&rest) else { return nil }
            parts.append(.plain("\(name)="))
            parts.append(isSecret(name) ? .secret(value) : .plain(value))
        }
    }

    /// Nil when its quotation mark is never closed.
    private static func takeValue(_ rest: inout Substring) -> String? {
        let isQuoted = rest.first == "'"
        if isQuoted { rest = rest.dropFirst() }
        var value = ""
        while let character = rest.first, isQuoted ? character != "'" : !character.isWhitespace {
            rest = rest.dropFirst()
            if character == "\\", let next = rest.popFirst() { value.append(next) } else { value.append(character) }
        }
        if isQuoted { guard rest.popFirst() == "'" else { return nil } }
        return value
    }

    private static func isName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_") }
    }

    /// Of what is not understood: what stands between the last colon before an @ and that, or behind `password`.
    private static func likelyPassword(_ text: String) -> String? {
        if let at = text.lastIndex(of: "@") {
            let before = text[..<at]
            // Behind whatever was meant to be a scheme.
            let scheme = before.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") }
            let rest = before[scheme.endIndex...]
            let user = rest.hasPrefix(":/") ? rest.dropFirst().drop { $0 == "/" } : before
            if let colon = user.firstIndex(of: ":") { return String(user[user.index(after: colon)...]) }
        }
        guard let name = text.lowercased().firstRange(of: "password") else { return nil }
        let offset = text.lowercased().utf8.distance(from: text.lowercased().startIndex, to: name.upperBound)
        let value = text.utf8.dropFirst(offset).drop { "= '\"".utf8.contains($0) }.prefix { !" '\"&".utf8.contains($0) }
        return value.isEmpty ? nil : String(Substring(value))
    }
}
