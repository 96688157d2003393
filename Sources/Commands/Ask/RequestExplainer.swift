internal import Application
internal import JSON

/// `vocero ask --explain`: how a request is read, and what would be called.
struct RequestExplainer {
    let context: Context
    let console: Console

    func explain(_ words: String, json: Bool) async throws {
        let explanation = await context.explanation(of: words)
        if json {
            try console.writeLine(explanation.json.text(pretty: true))
        } else {
            try console.write(Self.lines(of: explanation).joined(separator: "\n") + "\n")
        }
        if !explanation.isUnderstood { throw Ended(status: .notUnderstood) }
    }

    private static func lines(of explanation: ExplainedRequest) -> [String] {
        guard let intent = explanation.intent else {
            return ["not understood: \(explanation.reason ?? "")"] + explanation.suggestions.map { "  \($0)" }
        }
        var lines = ["intent: \(intent) (\(explanation.title ?? ""))"]
        lines += explanation.slots.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        if !explanation.missing.isEmpty { lines.append("missing: " + explanation.missing.joined(separator: ", ")) }
        lines.append("words:")
        lines += explanation.words.map { "  \($0.said) -> \($0.taken)" }
        if let call = explanation.call { lines.append("call: \(call.tool) \(call.arguments)") }
        if let reason = explanation.reason { lines.append("not followed as it is: \(reason)") }
        return lines + explanation.suggestions.map { "  \($0)" }
    }
}
