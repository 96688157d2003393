internal import Assistant
internal import Redaction

extension HookContext {
    /// One question: no tools, within the deadline, kept in the journal. What is too large for one call is summarised
    /// part by part first.
    func ask(
        _ text: String, of model: any ChatModel, as agent: Agent, attachments: [Attachment],
        parts: RequestParts? = nil
    ) async -> Answer {
        let redactor = redactor
        let assistant = Assistant(
            model: model, roster: AgentRoster(orchestrator: agent, delegates: []), tools: [], journal: journal,
            approver: AbsentApprover(), prices: prices(), redact: { redactor.redacted($0) })
        var limits = limits
        limits.maxSteps = min(limits.maxSteps, (parts?.texts.count ?? 0) + 1)
        limits.maxToolCalls = 1
        limits.maxWallTime = deadline.remaining
        let answer = await assistant.handle(
            Request(
                text: text, source: .hook, mode: .hook, session: .key("hooks:\(repositoryName)"),
                repository: repositoryName, attachments: attachments, parts: parts, limits: limits))
        // Nothing was asked yet, because nothing can be kept: a hook goes on without the journal.
        if case .journal = answer.failure, answer.sessionKey == nil, !(journal is NullJournal) {
            var unkept = self
            unkept.journal = NullJournal()
            return await unkept.ask(text, of: model, as: agent, attachments: attachments, parts: parts)
        }
        return answer
    }

    /// Why there is no answer, in a few words.
    func words(of answer: Answer) -> String { FailureWords.text(of: answer, within: deadline, redactor: redactor) }
}
