/// Wraps lines of prose. Lists hang under their text; code keeps its shape.
enum LineWrap {
    private static let width = 72

    static func wrapped(_ lines: [String]) -> [String] {
        var isCode = false
        return lines.flatMap { line in
            let isFence = line.hasPrefix("```") || line.hasPrefix("~~~")
            if isFence { isCode.toggle() }
            return isCode || isFence ? [line] : wrapped(line)
        }
    }

    private static func wrapped(_ line: String) -> [String] {
        let text = line.drop { $0 == " " }
        let indent = String(line[..<text.startIndex])
        let mark = mark(of: text)
        // Four columns without a mark are code.
        guard line.count > width, !mark.isEmpty || indent.count < 4, indent.count < width / 2 else { return [line] }
        let hanging = indent + (mark.hasPrefix(">") ? mark : String(repeating: " ", count: mark.count))
        var lines: [String] = []
        var current = indent + mark
        var isEmpty = true
        for word in text.dropFirst(mark.count).split(separator: " ") {
            if !isEmpty, current.count + 1 + word.count > width {
                lines.append(current)
                current = hanging
                isEmpty = true
            }
            current += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [current]
    }

    /// `- `, `12. `, `> `; empty for prose.
    private static func mark(of text: Substring) -> String {
        if let mark = ["- ", "* ", "• ", "+ ", "> "].first(where: { text.hasPrefix($0) }) { return mark }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text[digits.endIndex...]
        guard !digits.isEmpty, digits.count < 4, rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return "" }
        return String(digits + rest.prefix(2))
    }
}
