package import Assistant
package import Git
package import Redaction

/// What a hook looks at and asks with: made once, and passed on as it is.
package struct HookContext: Sendable {
    package var repository: Repository
    /// What memory calls the repository.
    package var repositoryName: String
    package var redactor: SecretRedactor
    /// Files of which only statistics are said.
    package var excluded: [PathPattern] = []
    /// Nil when no endpoint is configured.
    package var model: (any ChatModel)?
    package var journal: any Journal
    /// Read when a model is asked: a hook that asks none does without them.
    package var prices: @Sendable () -> ModelPrices
    /// Of one question, with the summaries of its parts. Its wall time is what is left of the deadline.
    package var limits: RunLimits
    package var tokensPerCall: Int
    package var deadline: HookDeadline

    package init(
        repository: Repository, repositoryName: String, redactor: SecretRedactor, model: (any ChatModel)?,
        journal: any Journal, prices: @escaping @Sendable () -> ModelPrices = { .listed },
        limits: RunLimits = RunLimits(), tokensPerCall: Int, deadline: HookDeadline
    ) {
        self.repository = repository
        self.repositoryName = repositoryName
        self.redactor = redactor
        self.model = model
        self.journal = journal
        self.prices = prices
        self.limits = limits
        self.tokensPerCall = tokensPerCall
        self.deadline = deadline
    }

    package var reading: ChangeReading {
        ChangeReading(repository: repository, redactor: redactor, excluded: excluded)
    }

    /// The same with somebody who keeps what would be sent in place of the model: nothing is sent or remembered.
    package func capturing(_ capture: PayloadCapture) -> HookContext {
        var context = self
        context.model = capture
        context.journal = NullJournal()
        return context
    }
}
