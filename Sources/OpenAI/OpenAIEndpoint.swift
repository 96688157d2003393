/// A server that speaks the OpenAI protocol, and what it is called with. Printing one does not show the key.
package struct OpenAIEndpoint: Sendable {
    /// With its version, without a slash at the end: `https://api.openai.com/v1`.
    package let baseURL: String
    package let key: String?
    package let organization: String?
    package let project: String?
    /// The path of a Unix socket that is connected to in place of the URL's host.
    package let unixSocket: String?

    package init(
        baseURL: String, key: String?, organization: String? = nil, project: String? = nil, unixSocket: String? = nil
    ) {
        var url = baseURL[...]
        while url.hasSuffix("/") { url.removeLast() }
        self.baseURL = String(url)
        self.key = key
        self.organization = organization
        self.project = project
        self.unixSocket = unixSocket
    }

    /// Host and port, for messages.
    package var host: String {
        let behind = baseURL.firstRange(of: "://").map { baseURL[$0.upperBound...] } ?? baseURL[...]
        let authority = behind.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(authority.split(separator: "@").last ?? authority)
    }
}

extension OpenAIEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { host }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["host": host]) }
}
