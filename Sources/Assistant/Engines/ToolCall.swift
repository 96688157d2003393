/// A call as the model wrote it.
package struct ToolCall: Sendable, Hashable {
    /// The model's id, which pairs the call with its output.
    package let id: String
    package let name: String
    /// JSON text, as received: it may be invalid.
    package let arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
