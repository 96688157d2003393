internal import Assistant
internal import JSON
internal import Redaction

/// Shows what a call would do and asks on the terminal. Only a key press approves; the end of the input and
/// everything unexpected deny.
struct TerminalApprover: Approver {
    let console: Console

    func decide(_ request: ApprovalRequest) async -> ApprovalDecision {
        console.trace("")
        console.trace("\(request.agent) wants to run \(request.tool) (\(request.effect.words)):")
        // Hidden characters are shown, not dropped: the person approves what will be written.
        console.trace(TerminalText.revealed(request.preview ?? request.arguments.text(pretty: true)))
        if let name = request.nameToType {
            guard let typed = await console.line("This cannot be taken back. Type \(name) to go on: ") else {
                return .denied(nil)
            }
            return typed == name ? .approved : .denied(nil)
        }
        guard let answer = await console.line("Do it? [y]es, [n]o, or say why not: ") else { return .denied(nil) }
        switch answer.lowercased() {
        case "y", "yes", "s", "si", "sí": return .approved
        case "", "n", "no": return .denied(nil)
        default: return .denied(answer)
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
