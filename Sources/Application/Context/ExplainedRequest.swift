package import JSON
internal import OfflineModel

/// How a request is read without a model, and what would be done with it, as people and programs are told it.
package struct ExplainedRequest: Sendable {
    private let explanation: RequestExplanation

    init(_ explanation: RequestExplanation) { self.explanation = explanation }

    /// Nil when it was not understood.
    package var intent: String? { explanation.intent }
    /// What the intent is for, in the language of the request.
    package var title: String? { explanation.title }
    package var slots: [String: JSON] { explanation.slots }
    /// The slots that it leaves open.
    package var missing: [String] { explanation.missing }
    /// Each word, and what it was taken for.
    package var words: [(said: String, taken: String)] { explanation.words }
    /// The first tool that would be called; nil when nothing would be.
    package var call: (tool: String, arguments: JSON)? { explanation.call }
    /// Why it is not followed as it was said; nil when it is.
    package var reason: String? { explanation.reason }
    package var suggestions: [String] { explanation.suggestions }
    /// Whether all of it fits a sentence. What is missing, or a name that is not clear, is asked for.
    package var isUnderstood: Bool { explanation.intent != nil }

    package var json: JSON {
        .object([
            "understood": .bool(isUnderstood), "intent": .optional(intent), "writes": .bool(explanation.writes),
            "slots": .object(slots), "missing": .array(missing.map { .string($0) }),
            "words": .array(words.map { ["said": .string($0.said), "taken_for": .string($0.taken)] }),
            "call": call.map { ["tool": .string($0.tool), "arguments": $0.arguments] } ?? .null,
            "reason": .optional(reason), "suggestions": .array(suggestions.map { .string($0) }),
        ])
    }
}
