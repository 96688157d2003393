internal import Assistant
package import JSON
internal import FoundationEssentials
internal import Settings

/// How a request is read without a model, and what would be done with it.
package struct RequestExplanation: Sendable {
    /// Nil when it was not understood.
    package let intent: String?
    /// What the intent is for, in the language of the request.
    package let title: String?
    package let writes: Bool
    package let slots: [String: JSON]
    package let missing: [String]
    /// Each word of the request and what it was taken for.
    package let words: [(said: String, taken: String)]
    /// The first tool that would be called, with its arguments; nil when nothing would be.
    package let call: (tool: String, arguments: JSON)?
    /// Why it is not followed as it was said; nil when it is.
    package let reason: String?
    package let suggestions: [String]
}

extension OfflinePlanner {
    /// Reads a request and does nothing else.
    package func explanation(of request: String) async -> RequestExplanation {
        switch await verdict(on: request) {
        case .follow(let reading):
            return explanation(of: reading, text: request, reason: nil, suggestions: [])
        case .refuse(let doubtful):
            let misunderstanding = await misunderstanding(doubtful, request)
            guard let reading = doubtful.reading, doubtful.isUnderstood else {
                return RequestExplanation(
                    intent: nil, title: nil, writes: false, slots: [:], missing: [], words: [], call: nil,
                    reason: misunderstanding.message, suggestions: misunderstanding.suggestions)
            }
            return explanation(
                of: reading, text: request, reason: misunderstanding.message,
                suggestions: misunderstanding.suggestions)
        }
    }

    private func explanation(
        of reading: Reading, text: String, reason: String?, suggestions: [String]
    ) -> RequestExplanation {
        var call: (tool: String, arguments: JSON)?
        if reason == nil {
            let plan = RequestPlan(
                reading: reading, tools: Self.allTools, calendar: calendar, now: now())
            if case .call(let tool, let arguments) = plan.firstMove(text) { call = (tool, arguments.json) }
        }
        return RequestExplanation(
            intent: reading.intent.name, title: reading.intent.title, writes: reading.intent.writes,
            slots: reading.shownSlots, missing: reading.missing, words: reading.words, call: call, reason: reason,
            suggestions: suggestions)
    }
}

extension Doubtful {
    /// All of it fits a sentence, and something else is in the way.
    var isUnderstood: Bool {
        switch reason {
        case .notUnderstood: false
        case .unclear: reading != nil
        case .missing, .later, .unsure, .unknownName, .impossibleDay: true
        }
    }
}
