/// A server that speaks the OpenAI protocol, and what it is called with.
package struct OpenAIEndpoint: Sendable {
    /// With its version, without a slash at the end: `https://api.openai.com/v1`.
    package let baseURL: String
    package let key: String?
    package let organization: String?
    package let project: String?

    package init(baseURL: String, key: String?, organization: String? = nil, project: String? = nil) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.key = key
        self.organization = organization
        self.project = project
    }

    /// Host and port, for messages.
    package var host: String {
        let behind = baseURL.firstRange(of: "://").map { baseURL[$0.upperBound...] } ?? baseURL[...]
        let authority = behind.prefix { $0 != "/" }
        return String(authority.split(separator: "@").last ?? authority)
    }
}
