internal import Assistant
internal import Blocking
internal import Glibc
internal import JSON

/// Shows what a call would do and asks on the terminal. Only a key press approves; the end of the input and
/// everything unexpected deny.
struct TerminalApprover: Approver {
    let console: Console

    func decide(_ request: ApprovalRequest) async -> ApprovalDecision {
        console.trace("")
        console.trace("\(request.agent) wants to run \(request.tool) (\(request.effect.words)):")
        console.trace(request.preview ?? request.arguments.text(pretty: true))
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
        console.prompt(prompt)
        return await blocking(label: "vocero.terminal") { () throws(Never) -> String? in Self.readTerminalLine() }
    }

    /// From the terminal itself: stdin may carry the request.
    private static func readTerminalLine() -> String? {
        let terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 4096 {
            let count = read(terminal, &byte, 1)
            guard count == 1 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Unattended: the policy has already decided, nobody is asked.
struct AbsentApprover: Approver {
    func decide(_ request: ApprovalRequest) async -> ApprovalDecision { .denied("there is no terminal to ask on") }
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
