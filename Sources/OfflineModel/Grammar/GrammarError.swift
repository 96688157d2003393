/// What is wrong with a grammar file.
struct GrammarError: Error, Sendable, Hashable, CustomStringConvertible {
    /// From 1.
    let line: Int
    let reason: String

    var description: String { "line \(line): \(reason)" }
}
