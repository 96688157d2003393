/// What models put around a message although they were asked not to: fences, quotation marks, a heading.
enum DraftFrame {
    static func removed(_ text: String) -> String {
        var text = text.replacing("\r\n", with: "\n").trimmingEnds
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

    /// The inside of the first fence that holds the message.
    private static func withoutFence(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("```") }), start <= 2,
            let end = lines[(start + 1)...].firstIndex(where: { $0.hasPrefix("```") }), end > start + 1,
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

    /// `Commit message:`, alone or with the message behind it.
    private static func isHeading(_ line: Substring) -> Bool {
        let start = line.lowercased().drop { "*#_ ".contains($0) }
        return [
            "commit message:", "suggested commit message:", "draft:", "mensaje de commit:", "mensaje:", "message:",
            "here is the commit message:", "here is a commit message:", "here's the commit message:",
            "aquí está el mensaje:", "aquí tienes el mensaje de commit:",
        ].contains { start.hasPrefix($0) }
    }
}
