package import Assistant
package import Redaction

/// One question of a hook to a model: no tools, one call, within the deadline, kept in the journal.
package struct HookQuestion: Sendable {
    private let model: any ChatModel
    private let journal: any Journal
    private let prices: ModelPrices
    private let redactor: SecretRedactor
    private let repositoryName: String
    private let deadline: HookDeadline

    package init(
        model: any ChatModel, journal: any Journal, prices: ModelPrices, redactor: SecretRedactor,
        repositoryName: String, deadline: HookDeadline
    ) {
        self.model = model
        self.journal = journal
        self.prices = prices
        self.redactor = redactor
        self.repositoryName = repositoryName
        self.deadline = deadline
    }

    /// Why there is no answer.
    func words(of answer: Answer) -> String { FailureWords.text(of: answer, within: deadline, redactor: redactor) }

    /// `parts` are what is too large for one call: each is summarised first.
    func ask(_ text: String, as agent: Agent, attachments: [Attachment], parts: [String] = []) async -> Answer {
        let redactor = redactor
        let redact: @Sendable (String) -> String = { redactor.redacted($0) }
        let assistant = Assistant(
            model: PartsModel(inner: model, parts: parts, redact: redact),
            roster: AgentRoster(orchestrator: agent, delegates: []), tools: [], journal: journal,
            approver: AbsentApprover(), prices: prices, redact: redact)
        let answer = await assistant.handle(
            Request(
                text: text, source: .hook, mode: .hook, session: .key("hooks:\(repositoryName)"),
                repository: repositoryName, attachments: attachments,
                limits: RunLimits(maxSteps: 1, maxToolCalls: 1, maxWallTime: deadline.remaining)))
        // Nothing was asked yet, because nothing can be kept: a hook goes on without the journal.
        if case .journal = answer.failure, answer.sessionKey == nil, !(journal is NullJournal) {
            let unkept = HookQuestion(
                model: model, journal: NullJournal(), prices: prices, redactor: redactor,
                repositoryName: repositoryName, deadline: deadline)
            return await unkept.ask(text, as: agent, attachments: attachments, parts: parts)
        }
        return answer
    }
}
