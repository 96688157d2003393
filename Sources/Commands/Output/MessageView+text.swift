internal import Application
internal import FoundationEssentials
internal import Redaction

extension MessageView {
    /// A heading line and the content, for people.
    func show(on console: Console) throws {
        let head = "\(createdAt.formatted(.iso8601)) \(session) \(isQuestion ? "asked" : "answered")"
        let place = repository.map { " (\($0))" } ?? ""
        guard console.styled else { return try console.write("\(head)\(place)\n\(content)\n\n") }
        let heading = Style.dim(TerminalText.sanitized(head + place))
        try console.writeStyled(heading + "\n" + MarkdownRenderer.rendered(content) + "\n")
    }
}
