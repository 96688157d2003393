internal import Synchronization
internal import JSON

/// Keeps tool results that are too long for a conversation: the model gets the head and pages or greps the rest
/// with `result_read`.
final class LongResults: Sendable {
    static let maxTokens = 2_000
    static let pageLines = 200

    private let results = Mutex<[String: String]>([:])

    /// What the model sees of a result, and the whole of it when that is more.
    func shorten(_ output: String, callID: String) -> (shown: String, whole: String?) {
        guard TokenEstimate.tokens(in: output) > Self.maxTokens else { return (output, nil) }
        results.withLock { $0[callID] = output }
        let head = TokenEstimate.prefix(of: output, tokens: Self.maxTokens - 100)
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).count
        let note =
            "\n[cut: \(lines) lines in all; read on with result_read {\"id\": \"\(callID)\", \"line\": N} or \"find\"]"
        return (String(head) + note, output)
    }

    static let description = ToolDescription(
        name: "result_read",
        summary: "Reads on in a tool result that was cut: from a line, or only the lines that contain a text.",
        parameters: [
            "type": "object", "required": ["id"],
            "properties": [
                "id": ["type": "string", "description": "The id in the note of the cut result."],
                "line": ["type": "integer", "minimum": 1],
                "find": ["type": "string", "minLength": 1],
            ],
        ])

    func read(_ arguments: JSON) throws(ToolError) -> String {
        let id = arguments["id"]?.string ?? ""
        let kept = results.withLock { $0 }
        guard let whole = kept[id] else {
            throw ToolError(
                .notFound, "no cut result has the id \(id); there are: \(kept.keys.sorted().joined(separator: ", "))")
        }
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        let first = (arguments["line"]?.integer ?? 1) - 1
        var page = lines.enumerated().dropFirst(first).map { "\($0.offset + 1): \($0.element)" }
        if let text = arguments["find"]?.string?.lowercased() { page = page.filter { $0.lowercased().contains(text) } }
        let shown = page.prefix(Self.pageLines).joined(separator: "\n")
        return String(TokenEstimate.prefix(of: shown, tokens: Self.maxTokens - 50))
            + (page.count > Self.pageLines ? "\n[more lines follow]" : "")
    }
}
