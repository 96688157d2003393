package import JSON

/// What a model is told of a tool.
package struct ToolDescription: Sendable, Hashable {
    package let name: String
    package let summary: String
    /// A JSON schema of type `object`.
    package let parameters: JSON

    package init(name: String, summary: String, parameters: JSON) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
    }
}
