internal import Application
internal import Files
internal import Glibc
internal import Redaction
internal import Synchronization
internal import SystemPackage

/// The process's standard streams. stdout carries the answer and nothing else; notices, progress and errors go
/// to stderr. What a model or a repository wrote passes through ``TerminalText`` where it meets a terminal.
final class Console: Sendable {
    let outputIsTerminal: Bool
    let errorIsTerminal: Bool
    let inputIsTerminal: Bool
    /// Colour and emphasis on stdout.
    let styled: Bool
    /// The same on stderr.
    let errorIsStyled: Bool
    let verbose: Bool
    private let state = Mutex(State())

    private struct State {
        /// What the progress line shows now.
        var progress = ""
    }

    init(environment: [String: String], verbose: Bool) {
        outputIsTerminal = isatty(STDOUT_FILENO) == 1
        errorIsTerminal = isatty(STDERR_FILENO) == 1
        inputIsTerminal = isatty(STDIN_FILENO) == 1
        let wantsColor = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        styled = outputIsTerminal && wantsColor
        errorIsStyled = errorIsTerminal && wantsColor
        self.verbose = verbose
    }

    /// Writes to stdout, without control sequences when that is a terminal. Throws when it is full or broken; a
    /// reader that went away is ``BrokenPipe``.
    func write(_ text: String) throws {
        try writeStyled(outputIsTerminal ? TerminalText.sanitized(text) : text)
    }

    /// Writes to stdout what was made safe for a terminal before ``Style`` was laid over it.
    func writeStyled(_ text: String) throws {
        clearProgress()
        do {
            try OpenFile.standardOutput.write(text)
        } catch {
            if error.code == .brokenPipe { throw BrokenPipe() }
            throw Failure(.failed, "the output could not be written: \(error.reason)")
        }
    }

    /// Writes an answer, its Markdown rendered on a terminal, and ends its line.
    func writeAnswer(_ text: String) throws {
        guard styled else { return try write(text.hasSuffix("\n") ? text : text + "\n") }
        try writeStyled(MarkdownRenderer.rendered(text))
    }

    /// Writes a line to stdout.
    func writeLine(_ text: String) throws { try write(text + "\n") }

    /// A line to stderr: what a person may want to know while waiting.
    func notice(_ text: String) {
        clearProgress()
        writeError("vocero: \(TerminalText.sanitized(text))\n")
    }

    /// A line to stderr without a prefix, for traces and previews.
    func trace(_ text: String) {
        clearProgress()
        writeError(TerminalText.sanitized(text) + "\n")
    }

    /// A line of the frame that stands around a question of the program's own.
    func question(_ line: String) {
        clearProgress()
        writeError(line + "\n")
    }

    /// A question on stderr, without a line's end.
    func prompt(_ text: String) {
        clearProgress()
        writeError(TerminalText.sanitized(text))
    }

    /// Shows one changing line while something takes long; on a terminal only.
    func progress(_ text: String) {
        guard errorIsTerminal else { return }
        let shown = String(TerminalText.sanitized(text).prefix(100))
        state.withLock { state in
            writeError("\r\u{1b}[K\(shown)")
            state.progress = shown
        }
    }

    /// The same with a line that fills the terminal's width.
    func progressLine(_ line: (_ width: Int) -> String) {
        guard errorIsTerminal else { return }
        var size = winsize()
        let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
        let shown = TerminalText.sanitized(line(width - 1))
        state.withLock { state in
            writeError("\r\u{1b}[K\(shown)")
            state.progress = shown
        }
    }

    func clearProgress() {
        state.withLock { state in
            guard !state.progress.isEmpty else { return }
            writeError("\r\u{1b}[K")
            state.progress = ""
        }
    }

    private func writeError(_ text: String) {
        // There is nowhere left to say that stderr is gone.
        try? OpenFile.standardError.write(text)
    }
}

/// The reader of stdout has seen enough; that is no failure.
struct BrokenPipe: Error {}
