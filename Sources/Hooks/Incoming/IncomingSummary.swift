internal import Assistant

extension HookSummary {
    private static let incomingAgent = Agent(
        name: "incoming_summary", summary: "Summarises what came into a branch.",
        instructions: "You tell somebody who has just got other people's commits what they change for them. " + ground)

    /// Empty without a model.
    package static func ofIncoming(_ digest: IncomingDigest, _ context: HookContext) async -> HookSummary {
        guard let model = context.model else { return HookSummary() }
        var attachments = [
            Attachment(name: "digest", content: digest.text),
            Attachment(name: "files", content: ChangeList.text(of: digest.change)),
        ]
        if let patch = firstPart(of: [digest.change], tokens: context.tokensPerCall) {
            attachments.append(Attachment(name: "change", content: patch))
        }
        let answer = await context.ask(
            "Summarise what came in: \(digest.title).", of: model, as: incomingAgent, attachments: attachments)
        return HookSummary(answer, context)
    }
}
