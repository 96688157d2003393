package import JSON

/// Asks a person. The terminal fulfils it; unattended runs never reach it.
package protocol Approver: Sendable {
    func decide(_ request: ApprovalRequest) async -> ApprovalDecision
}

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

/// Nobody is there to be asked.
package struct AbsentApprover: Approver {
    package init() {}

    package func decide(_ request: ApprovalRequest) async -> ApprovalDecision {
        .denied("there is no terminal to ask on")
    }
}
