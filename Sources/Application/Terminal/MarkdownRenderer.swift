internal import Redaction

/// Markdown as a terminal shows it, line by line as it arrives: headings and bold in bold, code dimmed, list
/// signs as bullets. Text that is no Markdown comes out as it went in.
package struct MarkdownRenderer: Sendable {
    private var pending = ""
    private var inFence = false
    private var sanitizer = TerminalSanitizer()

    package init() {}

    /// A whole text as a terminal shows it.
    package static func rendered(_ text: String) -> String {
        var renderer = MarkdownRenderer()
        return renderer.feed(text) + renderer.finish()
    }

    /// The rendered whole lines that this text completes.
    package mutating func feed(_ text: String) -> String {
        pending += sanitizer.feed(text)
        var output = ""
        while let end = pending.firstIndex(of: "\n") {
            output += line(pending[..<end]) + "\n"
            pending = String(pending[pending.index(after: end)...])
        }
        return output
    }

    /// What is left when the text has ended; always ends its line.
    package mutating func finish() -> String {
        defer { pending = "" }
        return pending.isEmpty ? "" : line(pending[...]) + "\n"
    }

    private mutating func line(_ text: Substring) -> String {
        let trimmed = text.drop { $0 == " " }
        if trimmed.hasPrefix("```") {
            inFence.toggle()
            return Style.dim(text)
        }
        if inFence { return diffLine(text) }
        if trimmed.hasPrefix("#"), let title = trimmed.firstIndex(where: { $0 != "#" }), trimmed[title] == " " {
            return Style.bold(trimmed[title...].dropFirst())
        }
        let indent = text[..<trimmed.startIndex]
        if trimmed.hasPrefix("- ") || trimmed.hasPrefix("* ") { return indent + "• " + inline(trimmed.dropFirst(2)) }
        if trimmed.hasPrefix("> ") { return indent + Style.dim("│ ") + inline(trimmed.dropFirst(2)) }
        return String(indent) + inline(trimmed)
    }

    private func diffLine(_ text: Substring) -> String {
        switch text.first {
        case "+": Style.green(text)
        case "-": Style.red(text)
        case "@": Style.dim(text)
        default: String(text)
        }
    }

    /// `code` and **bold**; a sign without its partner stays as it is.
    private func inline(_ text: Substring) -> String {
        var output = ""
        var rest = text
        while let sign = rest.firstIndex(where: { $0 == "`" || $0 == "*" }) {
            output += rest[..<sign]
            rest = rest[sign...]
            let mark = rest.hasPrefix("**") ? "**" : String(rest.prefix(1))
            let inner = rest.dropFirst(mark.count)
            if mark != "*", let end = inner.firstRange(of: mark), end.lowerBound > inner.startIndex {
                let content = inner[..<end.lowerBound]
                output += mark == "`" ? Style.cyan(content) : Style.bold(content)
                rest = inner[end.upperBound...]
            } else {
                output += mark
                rest = inner
            }
        }
        return output + rest
    }
}
