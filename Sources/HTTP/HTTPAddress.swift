internal import CCurl

/// A parsed `http` or `https` URL. The same parser reads it for decisions and for the transfer, so that both
/// mean the same host.
struct HTTPAddress: Sendable, Hashable {
    /// Normalised, without user info.
    let url: String
    let scheme: String
    /// In lower case; an IPv6 address keeps its brackets.
    let host: String
    let port: Int

    init(parsing text: String) throws(HTTPError) {
        let parsed = try ParsedURL()
        try parsed.set(text)
        self = try parsed.address()
    }

    /// The address that a `Location` field means, seen from here.
    func resolving(_ location: String) throws(HTTPError) -> HTTPAddress {
        let parsed = try ParsedURL()
        try parsed.set(url)
        try parsed.set(location)
        return try parsed.address()
    }

    fileprivate init(url: String, scheme: String, host: String, port: Int) {
        self.url = url
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// What an error calls the server: its host, and its port unless it is the scheme's own.
    var name: String {
        port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)"
    }

    func hasSameOrigin(as other: HTTPAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// Whether the host is this machine, which no proxy could reach in our place.
    var isLoopback: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// A `CURLU` handle.
@safe private struct ParsedURL: ~Copyable {
    private let handle: OpaquePointer

    init() throws(HTTPError) {
        guard let handle = unsafe curl_url() else { throw HTTPError(.invalidURL, "There is no memory to read a URL.") }
        unsafe self.handle = handle
    }

    deinit { unsafe curl_url_cleanup(handle) }

    func set(_ text: String) throws(HTTPError) {
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw HTTPError(.invalidURL, "The URL of a request holds a control character.")
        }
        let code = unsafe text.withCString {
            unsafe curl_url_set(handle, CURLUPART_URL, $0, UInt32(CURLU_DISALLOW_USER))
        }
        if code == CURLUE_USER_NOT_ALLOWED {
            throw HTTPError(.invalidURL, "The URL of a request holds user info; give credentials in a header instead.")
        }
        guard code == CURLUE_OK else {
            let reason = unsafe String(cString: curl_url_strerror(code))
            throw HTTPError(
                .invalidURL,
                "The URL of a request cannot be read (\(reason)); it has to be an absolute http or https URL.")
        }
    }

    func address() throws(HTTPError) -> HTTPAddress {
        guard let url = part(CURLUPART_URL), let scheme = part(CURLUPART_SCHEME)?.lowercased(),
            let host = part(CURLUPART_HOST)?.lowercased(), scheme == "http" || scheme == "https",
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) })
        else { throw HTTPError(.invalidURL, "The URL of a request has to be an absolute http or https URL.") }
        return HTTPAddress(url: url, scheme: scheme, host: host, port: port)
    }

    private func part(_ what: CURLUPart, _ flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(handle, what, &text, UInt32(flags)) == CURLUE_OK, let text = unsafe text else {
            return nil
        }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
