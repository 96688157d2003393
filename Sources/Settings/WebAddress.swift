/// An `http` or `https` URL that paths can be added to.
struct WebAddress: Hashable {
    let isSecure: Bool
    /// In lower case; IPv6 in brackets.
    let host: String
    let port: Int
    /// Without a slash at its end.
    let path: String

    static let valid = "an http or https URL without user name, query or fragment, such as https://api.openai.com/v1"

    /// Nil for anything else, also for user information in it: a key belongs in its own setting.
    init?(_ text: String) {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard !rest.contains(where: { "@?#\\\"<>^`{|}".contains($0) }) else { return nil }
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let authority = Self.authority(rest[..<end].lowercased()) else { return nil }
        isSecure = scheme == "https://"
        host = authority.host
        port = authority.port ?? (isSecure ? 443 : 80)
        var path = String(rest[end...])
        while path.last == "/" { path.removeLast() }
        guard !path.split(separator: "/").contains(where: { $0 == ".." || $0 == "." }) else { return nil }
        self.path = path
    }

    /// What two addresses must share for one to get the other's key.
    func hasOrigin(of other: WebAddress) -> Bool {
        isSecure == other.isSecure && host == other.host && port == other.port
    }

    /// Whether requests stay on this machine.
    var isLoopback: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    var text: String {
        let isUsualPort = port == (isSecure ? 443 : 80)
        return (isSecure ? "https://" : "http://") + host + (isUsualPort ? "" : ":\(port)") + path
    }

    private static func authority(_ text: String) -> (host: String, port: Int?)? {
        var host = text
        var port: Int?
        let bracket = text.lastIndex(of: "]")
        if let colon = text.lastIndex(of: ":"), bracket.map({ $0 < colon }) ?? true {
            let digits = text[text.index(after: colon)...]
            guard let number = UInt16(digits), number > 0, digits.allSatisfy(\.isNumber) else { return nil }
            port = Int(number)
            host = String(text[..<colon])
        }
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.count > 3,
                host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
            else { return nil }
        } else {
            guard !host.isEmpty, host.count <= 253, !host.hasPrefix("."),
                host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "_" })
            else { return nil }
        }
        return (host, port)
    }
}
