/// ``TerminalText/sanitized(_:)`` for text that arrives in pieces, cut anywhere.
package struct TerminalSanitizer: Sendable, Hashable {
    package init() {}

    /// What can be printed of the text so far and was not yet returned.
    package mutating func feed(_ text: String) -> String { fatalError("contract only") }

    /// What was held back at the end.
    package mutating func finish() -> String { fatalError("contract only") }
}
