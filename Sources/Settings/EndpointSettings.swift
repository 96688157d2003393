/// One of the three engines: a server that speaks the OpenAI protocol, or none.
package enum EngineSettings: Sendable, Hashable {
    /// No URL and no key was given anywhere.
    case offline
    case endpoint(EndpointSettings)

    package var endpoint: EndpointSettings? {
        if case .endpoint(let endpoint) = self { endpoint } else { nil }
    }
}

/// A server and what it is called with.
package struct EndpointSettings: Sendable, Hashable {
    /// With its version, without a slash at the end: `https://api.openai.com/v1`.
    package let url: String
    /// Nil for a server that needs none, and where the key that is set belongs to another host.
    package let key: Secret?
    package let model: String
    /// `OpenAI-Organization`.
    package let organization: String?
    /// `OpenAI-Project`.
    package let project: String?
}
