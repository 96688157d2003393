package import JSON

/// A checked call, ready to be shown, decided on and carried out.
package struct PreparedCall: Sendable {
    /// What it is about to do, with its preconditions (HEAD, blob); stored before the effect.
    package let intent: JSON
    package let subject: PolicySubject
    /// Shown to a person before the effect: a unified diff or one line.
    package let preview: String?
    /// The effect.
    package let perform: @Sendable () async throws(ToolError) -> ToolResult

    package init(
        intent: JSON, subject: PolicySubject = PolicySubject(), preview: String? = nil,
        perform: @escaping @Sendable () async throws(ToolError) -> ToolResult
    ) {
        self.intent = intent
        self.subject = subject
        self.preview = preview
        self.perform = perform
    }
}
