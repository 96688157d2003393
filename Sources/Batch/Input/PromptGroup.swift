/// What was found in some lines and is handed on together: not more, and no larger, than is read at once.
struct PromptGroup {
    private(set) var found: [FoundPrompt] = []
    private var bytes = 0

    private static let mostFound = 64
    private static let mostBytes = 1 << 20

    var isFull: Bool { found.count >= Self.mostFound || bytes >= Self.mostBytes }

    mutating func append(_ new: FoundPrompt) {
        if case .prompt(let prompt) = new { bytes += prompt.text.utf8.count }
        found.append(new)
    }
}
