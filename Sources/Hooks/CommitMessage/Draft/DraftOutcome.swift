package import Assistant

/// A draft of a commit message, and where it comes from.
package struct DraftOutcome: Sendable {
    package enum Origin: Sendable, Hashable {
        case model(String)
        /// Written by this model before, for the same change.
        case cache(model: String)
        case digest(Fallback)
    }

    /// Why there is a digest and no model's draft.
    package enum Fallback: Sendable, Hashable {
        /// No endpoint is configured: that is how it was wanted.
        case noModel
        /// There is nothing but files of which only statistics are said.
        case onlyStatistics
        /// In words.
        case failed(String)
    }

    package var text: String
    package var origin: Origin
    /// What the model did not see, in words; nil when it saw everything or there was none.
    package var leftOut: String?
    /// What this repository's messages usually end with; only a person may say it.
    package var trailers: [String] = []
    package var files: Int
    /// Of the run, when a model was asked.
    package var answer: Answer?

    /// The lines that go under the draft as comments.
    package var comments: [String] {
        var lines = ["Draft by vocero (\(originWords)); edit it or delete it."]
        if let leftOut { lines.append("Not shown to the model: \(leftOut).") }
        if !trailers.isEmpty { lines.append("Usual here, for you to add: \(trailers.joined(separator: ", ")).") }
        return lines
    }

    /// The one line for stderr; nil when all went as it was meant to.
    package var complaint: String? {
        if case .digest(.failed(let reason)) = origin { "the draft is an offline digest: \(reason)" } else { nil }
    }

    private var originWords: String {
        switch origin {
        case .model(let name): name
        case .cache(let model): "\(model), kept from before"
        case .digest(.noModel): "offline digest: no model is configured"
        case .digest(.onlyStatistics): "offline digest: only lock, generated, binary or other such files changed"
        case .digest(.failed(let reason)): "offline digest: \(reason)"
        }
    }
}
