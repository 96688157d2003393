internal import Assistant

extension HookSummary {
    private static let pushAgent = Agent(
        name: "push_summary", summary: "Summarises what a push brings to a remote.",
        instructions: "You tell somebody who is about to push what goes out and what to look at again. " + ground)

    /// Empty without a model, and of a push without commits.
    package static func ofPush(_ review: PushReview, _ context: HookContext) async -> HookSummary {
        guard let model = context.model else { return HookSummary() }
        let changes = review.parts.compactMap(\.change)
        var attachments = [Attachment(name: "push", content: review.lines.joined(separator: "\n"))]
        attachments += changes.map { Attachment(name: "files", content: ChangeList.text(of: $0)) }
        let patch = firstPart(of: changes, tokens: context.tokensPerCall)
        if let patch { attachments.append(Attachment(name: "change", content: patch)) }
        let count = review.commitCount
        let answer = await context.ask(
            "Summarise this push of \(count) \(count == 1 ? "commit" : "commits") to \(review.remote).", of: model,
            as: pushAgent, attachments: attachments)
        return HookSummary(answer, context)
    }
}
