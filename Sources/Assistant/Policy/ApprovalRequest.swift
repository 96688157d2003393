package import JSON

package struct ApprovalRequest: Sendable {
    package let agent: String
    package let tool: String
    package let effect: EffectClass
    package let arguments: JSON
    /// A unified diff or one line.
    package let preview: String?
    /// Set for what cannot be taken back: only typing this approves.
    package let nameToType: String?

    package init(
        agent: String, tool: String, effect: EffectClass, arguments: JSON, preview: String?, nameToType: String?
    ) {
        self.agent = agent
        self.tool = tool
        self.effect = effect
        self.arguments = arguments
        self.preview = preview
        self.nameToType = nameToType
    }
}

package enum ApprovalDecision: Sendable, Hashable {
    case approved
    /// The person's own words reach the model, when there are any.
    case denied(String?)
}
