/// What models put around a message although they were asked not to: fences, quotation marks, a heading.
enum DraftFrame {
    /// Refuses what a model thought and did not end.
    static func removed(_ text: String) throws(DraftProblem) -> String {
        var text = try withoutThoughts(text.trimmingEnds)
        text = withoutFence(text)
        text = withoutHeading(text)
        for (open, close) in [("\"", "\""), ("'", "'"), ("“", "”"), ("«", "»"), ("`", "`")] {
            let inner = text.dropFirst(open.count).dropLast(close.count)
            if text.count > 2, text.hasPrefix(open), text.hasSuffix(close), !inner.contains(open),
                !inner.contains(close)
            {
                text = String(inner).trimmingEnds
            }
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let first = lines.first, first.hasPrefix("**"), first.hasSuffix("**"), first.count > 4 {
            lines[0] = String(first.dropFirst(2).dropLast(2))
        } else if let first = lines.first, first.hasPrefix("# ") {
            lines[0] = String(first.dropFirst(2))
        }
        return lines.joined(separator: "\n")
    }

    private static func withoutThoughts(_ text: String) throws(DraftProblem) -> String {
        for tag in ["think", "thinking", "reasoning"] where text.hasPrefix("<\(tag)>") {
            guard let end = text.firstRange(of: "</\(tag)>") else {
                throw DraftProblem(reason: "it talks about itself")
            }
            return text[end.upperBound...].trimmingEnds
        }
        return text
    }

    /// The inside of the first fence that holds the message.
    private static func withoutFence(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isFence = { (line: Substring) in line.hasPrefix("```") || line.hasPrefix("~~~") }
        guard let start = lines.firstIndex(where: isFence), start <= 2,
            let end = lines[(start + 1)...].firstIndex(where: isFence), end > start + 1,
            start == 0 || lines[..<start].contains(where: isHeading)
        else { return text }
        return lines[(start + 1)..<end].joined(separator: "\n").trimmingEnds
    }

    private static func withoutHeading(_ text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = lines.first, isHeading(first) else { return text }
        if first.hasSuffix(":") { return lines.count > 1 ? String(lines[1]).trimmingEnds : "" }
        guard let colon = first.firstRange(of: ": ") else { return text }
        return (String(first[colon.upperBound...]) + (lines.count > 1 ? "\n" + lines[1] : "")).trimmingEnds
    }

    /// `Commit message:`, alone or with the message behind it. One word in lower case may be an area: `message: …`.
    private static func isHeading(_ line: Substring) -> Bool {
        let text = line.drop { "*#_ ".contains($0) }
        return long.contains { text.lowercased().hasPrefix($0) } || short.contains { text.hasPrefix($0) }
    }

    private static let long = [
        "commit message:", "suggested commit message:", "mensaje de commit:", "mensaje del commit:",
        "mensaje de confirmación:", "here is the commit message:", "here is a commit message:",
        "here's the commit message:", "here's a commit message:", "aquí está el mensaje:",
        "aquí está el mensaje de commit:", "aquí tienes el mensaje de commit:",
    ]
    private static let short = [
        "Draft:", "Message:", "Subject:", "Title:", "Commit:", "Mensaje:", "Asunto:", "Título:", "Borrador:",
    ]
}
