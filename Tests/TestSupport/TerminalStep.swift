/// What a person, or a paste, types on a pseudo-terminal, and when.
package struct TerminalStep: Sendable {
    /// Stands on the screen after what was typed before; nil types at once.
    package let screen: String?
    /// From then on.
    package let wait: Duration
    package let keys: String

    package init(when screen: String?, wait: Duration = .milliseconds(1500), type keys: String) {
        self.screen = screen
        self.wait = wait
        self.keys = keys
    }

    /// A line each time a question is asked.
    static func answers(_ typed: String) -> [TerminalStep] {
        var lines: [String] = typed.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0)\n" }
        // What stands behind the last line's end has none of its own.
        let rest = lines.popLast()?.dropLast() ?? ""
        if !rest.isEmpty { lines.append(String(rest)) }
        return lines.map { TerminalStep(when: "\u{1}", type: $0) }
    }

    /// Whether the screen since the last step is what this one waits for.
    func isReached(_ screen: Substring) -> Bool {
        guard let wanted = self.screen else { return true }
        if wanted == "\u{1}" { return screen.contains("[y]es, [n]o") || screen.contains(" to go on: ") }
        return screen.contains(wanted)
    }
}
