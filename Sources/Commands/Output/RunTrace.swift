internal import Application
internal import Assistant
internal import Concurrency
internal import JSON
internal import Synchronization

/// Shows a run as it happens: the answer on stdout where it is streamed, tool calls on stderr.
final class RunTrace: RunObserver {
    private let console: Console
    private let state: Mutex<State>

    private struct State {
        var renderer: MarkdownRenderer?
        var streamed = false
        var failure: (any Error)?
    }

    /// `streams`: write the answer's text to stdout as it arrives (a terminal without `--json`).
    init(console: Console, streams: Bool) {
        self.console = console
        state = Mutex(State(renderer: streams ? MarkdownRenderer() : nil))
    }

    /// True when the answer's text is on stdout already.
    var hasStreamed: Bool { state.withLock { $0.streamed } }

    func observe(_ event: RunEvent) {
        switch event {
        case .started(let run, let session): if console.verbose { console.trace("run \(run), session \(session)") }
        case .recalled(let turns, let hits):
            if console.verbose { console.trace("remembered: \(turns) messages of this session, \(hits) from others") }
        case .text(let text): stream(text)
        case .callStarted(let agent, let tool, let arguments):
            endLine()
            console.trace("→ \(agent): \(tool) \(Self.short(QuestionFrame.withoutRules(arguments.description)))")
        case .callFinished(_, let tool, let state, let summary, let took):
            let result =
                state == .succeeded && !console.verbose ? "" : " \(Self.short(QuestionFrame.withoutRules(summary)))"
            console.trace("← \(tool) \(state.rawValue) in \(took.milliseconds) ms\(result)")
        }
    }

    /// Ends a streamed answer's last line. Throws what writing threw.
    func finish() throws {
        endLine()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func stream(_ text: String) {
        let output = state.withLock { state -> String? in
            guard state.renderer != nil, !text.isEmpty else { return nil }
            state.streamed = true
            // What an agent says has no rule in it: a question of the program's begins with one.
            return state.renderer?.feed(QuestionFrame.withoutRules(text))
        }
        write(output)
    }

    private func endLine() { write(state.withLock { $0.renderer?.finish() }) }

    private func write(_ output: String?) {
        guard let output, !output.isEmpty else { return }
        do {
            try console.writeStyled(output)
        } catch {
            state.withLock { $0.failure = error }
        }
    }

    private static func short(_ text: String) -> String { text.count > 160 ? text.prefix(160) + "…" : text }
}
