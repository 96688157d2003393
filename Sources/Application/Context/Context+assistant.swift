package import Assistant
internal import Redaction

extension Context {
    /// The one place where an ``Assistant`` is put together: every front door asks with the same prices and takes
    /// secrets out of what a model is shown with the same redactor. Without `model` the configured one is asked.
    package func assistant(
        model: (any ChatModel)? = nil, roster: AgentRoster = .standard, tools: [any Tool], journal: any Journal,
        policy: Policy = Policy(), approver: any Approver = AbsentApprover(),
        observer: any RunObserver = SilentObserver(), spending: (any SpendingLimit)? = nil,
        uses: (any UseLimit)? = nil
    ) -> Assistant {
        let redactor = redactor
        return Assistant(
            model: model ?? chatModel(), roster: roster, tools: tools, journal: journal, policy: policy,
            approver: approver, observer: observer, prices: prices, spending: spending, uses: uses,
            redact: { redactor.redacted($0) })
    }
}
