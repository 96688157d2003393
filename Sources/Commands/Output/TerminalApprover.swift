internal import Assistant
internal import Concurrency
internal import Files
internal import JSON
internal import Redaction

/// Shows what a call would do and asks on the terminal. Only a key that was pressed after the question approves; the end
/// of the input and everything unexpected deny.
///
/// The question begins with a rule that no model's text can hold (``QuestionFrame``). What was typed before it is thrown
/// away, and so is what comes faster than anybody reads; several lines at once are a paste, and answer nothing.
struct TerminalApprover: Approver {
    let console: Console

    /// Pastes in a row that are put down to a mistake.
    private static let mostPastes = 3

    func decide(_ request: ApprovalRequest) async -> ApprovalDecision {
        let frame = QuestionFrame(tool: request.tool, isStyled: console.errorIsStyled)
        console.question(frame.head)
        console.trace("\(request.agent) wants to run \(request.tool) (\(request.effect.words)):")
        // Hidden characters are shown, not dropped: the person approves what will be written.
        let preview = TerminalText.revealed(request.preview ?? request.arguments.text(pretty: true))
        console.trace(QuestionFrame.quoted(preview))
        console.question(frame.foot)
        if let name = request.nameToType {
            guard let typed = await line("This cannot be taken back. Type \(name) to go on: ") else {
                return .denied(nil)
            }
            return typed == name ? .approved : .denied(nil)
        }
        guard let answer = await line("Do it? [y]es, [n]o, or say why not: ") else { return .denied(nil) }
        switch answer.lowercased() {
        case "y", "yes", "s", "si", "sí": return .approved
        case "", "n", "no": return .denied(nil)
        default: return .denied(answer)
        }
    }

    private func line(_ prompt: String) async -> String? {
        for _ in 0..<Self.mostPastes {
            let typed = await ask(prompt)
            if case .paste = typed {
                console.notice("several lines came at once: nothing is approved by a paste; type the answer")
                continue
            }
            if case .line(let text) = typed { return text }
            return nil
        }
        return nil
    }

    private func ask(_ prompt: String) async -> TypedLine {
        let console = console
        let stop = StopFlag()
        return await withTaskCancellationHandler {
            await blocking(label: "vocero.terminal") { () throws(Never) -> TypedLine in
                TypedLine.read(isCancelled: { stop.isSet }) { console.prompt(prompt) }
            }
        } onCancel: {
            stop.set()
        }
    }
}

extension EffectClass {
    /// What a person reads.
    var words: String {
        switch self {
        case .readLocal: "reads the repository"
        case .readNetwork: "reads from the network"
        case .writeLocal: "changes files or the local repository"
        case .addRemote: "adds something on the server"
        case .changeRemote: "changes something on the server"
        case .destroy: "destroys something for good"
        }
    }
}
