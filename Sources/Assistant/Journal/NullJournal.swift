internal import FoundationEssentials

/// A journal that keeps nothing, for runs in which nothing is said.
package struct NullJournal: Journal {
    package init() {}

    package func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun {
        OpenedRun(
            run: opening.run, sessionID: UUID(), sessionKey: "", repository: opening.repository,
            messageID: opening.messageID)
    }

    package func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(JournalError) -> RecalledContext { RecalledContext() }
    package func record(step: StepRecord) async throws(JournalError) {}
    package func record(call: ToolCallRecord) async throws(JournalError) {}
    package func beginChild(_ child: ChildRunOpening) async throws(JournalError) {}
    package func finish(_ closing: RunClosing) async throws(JournalError) {}
}
