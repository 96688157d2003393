internal import Synchronization
internal import JSON

/// Keeps tool results that are too long for a conversation: the model gets the head and pages or greps the rest
/// with `result_read`.
final class ResultPager: Sendable {
    private static let pageTokens = 2_000

    private let maxTokens: Int
    private let results = Mutex<[String: String]>([:])

    init(maxTokens: Int) { self.maxTokens = maxTokens }

    /// What the model sees of a result, and the whole of it when that is more.
    func shorten(_ output: String, callID: String) -> (shown: String, whole: String?) {
        guard TokenEstimate.tokens(in: output) > maxTokens else { return (output, nil) }
        let laidOut = Self.inLines(output)
        results.withLock { $0[callID] = laidOut }
        let head = TokenEstimate.prefix(of: laidOut, tokens: maxTokens - 100)
        let lines = laidOut.split(separator: "\n", omittingEmptySubsequences: false).count
        let note =
            "\n[cut: \(lines) lines in all; read on with result_read {\"id\": \"\(callID)\", \"line\": N} or \"find\"]"
        return (String(head) + note, output)
    }

    /// Numbered lines of a result: from `line`, which counts from 1, or of those only the ones that contain a text.
    func page(of id: String, from line: Int, finding text: String?) throws(ToolError) -> String {
        let kept = results.withLock { $0 }
        guard let whole = kept[id] else {
            throw ToolError(
                .notFound, "no cut result has the id \(id); there are: \(kept.keys.sorted().joined(separator: ", "))")
        }
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        var page = lines.enumerated().dropFirst(line - 1).map { "\($0.offset + 1): \($0.element)" }
        if let text = text?.lowercased() { page = page.filter { $0.lowercased().contains(text) } }
        var shown: [String] = []
        var room = Self.pageTokens - 50
        for line in page {
            room -= TokenEstimate.tokens(in: line) + 1
            if room < 0 { break }
            shown.append(line)
        }
        guard shown.count < page.count else { return shown.joined(separator: "\n") }
        // A line that is too long for a page by itself is shown as far as it goes.
        if shown.isEmpty { shown.append(String(TokenEstimate.prefix(of: page[0], tokens: Self.pageTokens - 50)) + "…") }
        let next = page.count > shown.count ? page[shown.count].prefix { $0 != ":" } : "none"
        return shown.joined(separator: "\n") + "\n[more follows; next line: \(next)]"
    }

    /// Tools answer in compact JSON, which is one line and cannot be paged: a member a line, and the lines of a text
    /// as they are.
    private static func inLines(_ output: String) -> String {
        guard let pretty = (try? JSON(parsing: output))?.text(pretty: true) else { return output }
        var text = ""
        var isEscaped = false
        for character in pretty {
            if isEscaped {
                text += character == "n" ? "\n" : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }
}
