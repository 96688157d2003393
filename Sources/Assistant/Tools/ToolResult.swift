package import JSON

package struct ToolResult: Sendable, Hashable {
    /// What the model sees: text, usually JSON.
    package var output: String
    /// What takes the effect back, stored with the call.
    package var undo: JSON?

    package init(_ output: String, undo: JSON? = nil) {
        self.output = output
        self.undo = undo
    }

    /// A JSON result, written compactly.
    package init(_ output: JSON, undo: JSON? = nil) {
        self.init(output.description, undo: undo)
    }
}
