package struct Attachment: Sendable, Hashable {
    package var name: String
    package var content: String

    package init(name: String, content: String) {
        self.name = name
        self.content = content
    }
}
