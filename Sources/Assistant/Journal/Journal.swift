/// The store as the run loop sees it. Every method is durable when it returns (DESIGN section 3): the loop
/// calls them in the order of the effects they announce.
package protocol Journal: Sendable {
    /// Stores the user's message and opens the run; makes or finds the session.
    func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun

    /// What is remembered for this request: the last whole turns of the session and the best hits of the
    /// repository's history, within `tokenBudget`.
    func recall(for run: OpenedRun, text: String, tokenBudget: Int) async throws(JournalError) -> RecalledContext

    /// A model's response, before its calls run.
    func record(step: StepRecord) async throws(JournalError)

    /// A call in one of its states: `executing` before the effect, an outcome after it.
    func record(call: ToolCallRecord) async throws(JournalError)

    /// Opens a child run for a delegate.
    func beginChild(_ child: ChildRunOpening) async throws(JournalError)

    /// Stores the assistant's message (when there is one) and closes the run.
    func finish(_ closing: RunClosing) async throws(JournalError)
}
