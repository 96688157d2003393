/// What is too large for one call: a model summarises each part in a call of its own, all at the same time, and the
/// request goes out with the summaries. Each of these calls is a step of the run, and counts.
package struct RequestParts: Sendable, Hashable {
    package var texts: [String]
    /// What the model is told about one part.
    package var instructions: String
    /// What stands over the summaries in the request.
    package var heading: String

    package init(_ texts: [String], instructions: String, heading: String) {
        self.texts = texts
        self.instructions = instructions
        self.heading = heading
    }

    /// One a part, in order.
    var requests: [ChatRequest] {
        texts.enumerated().map { index, text in
            ChatRequest(
                messages: [.system(instructions), .user("Part \(index + 1) of \(texts.count):\n\n" + text)], tools: [])
        }
    }

    func message(with summaries: [String]) -> ChatMessage {
        let files = summaries.enumerated().map { index, summary in
            "<file name=\"summary of part \(index + 1) of \(texts.count)\">\n\(summary)\n</file>"
        }
        return .user(([heading] + files).joined(separator: "\n\n"))
    }
}
