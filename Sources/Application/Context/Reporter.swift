/// Who is told how things go while they go: a terminal, a log, nobody. What is told is data and may hold control
/// sequences: who shows it on a terminal makes it safe.
package protocol Reporter: Sendable {
    /// Whether request ids, causes and what was remembered are wanted, too.
    var isVerbose: Bool { get }
    /// A sentence that a person may want to know.
    func notice(_ text: String)
    /// A line that stands for itself, as of a trace or a preview.
    func trace(_ text: String)
    /// How far something is that takes long; the next replaces it.
    func progress(_ text: String)
    /// What took long has ended.
    func clearProgress()
}

extension Reporter {
    /// Says a failure, with its causes where more is wanted.
    package func fail(_ failure: Failure) {
        notice(failure.message)
        guard isVerbose else { return }
        for cause in failure.causes { trace("  because: \(cause)") }
    }
}

/// Tells nobody.
package struct SilentReporter: Reporter {
    package init() {}
    package var isVerbose: Bool { false }
    package func notice(_ text: String) {}
    package func trace(_ text: String) {}
    package func progress(_ text: String) {}
    package func clearProgress() {}
}
