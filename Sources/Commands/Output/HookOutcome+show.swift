internal import Application
internal import HookInstall
internal import Hooks
internal import JSON

extension Console {
    /// What came of a hook: by hand on stdout, for git on stderr.
    func show(_ outcome: HookOutcome, of call: HookCall) throws {
        switch outcome {
        case .done, .refused: break
        case .draft(let draft):
            if let complaint = draft.complaint { notice(complaint) }
            if let leftOut = draft.leftOut { notice("not shown to the model: \(leftOut)") }
            try writeLine(call.isForProgram ? draft.json.text(pretty: true) : draft.text)
        case .written(let draft):
            if let complaint = draft.complaint { notice(complaint) }
            if call.isForProgram { try writeLine(draft.json.text(pretty: true)) }
        case .remark(let remark): try show(remark, isForProgram: call.isForProgram)
        case .push(let push): try show(push, of: call)
        case .incoming(let last): try show(last, json: call.isForProgram)
        case .payload(let payload): try show(payload)
        case .givenUp(let failure): fail(failure)
        }
    }

    private func show(_ remark: MessageRemark, isForProgram: Bool) throws {
        if isForProgram { return try writeLine(remark.json.text(pretty: true)) }
        if let failure = remark.failure { notice("the message was not compared: \(failure)") }
        if !remark.disagreements.isEmpty { try writeLine(remark.disagreements.joined(separator: "\n")) }
    }

    private func show(_ push: PushOutcome, of call: HookCall) throws {
        if call.isForProgram { return try writeLine(push.json.text(pretty: true)) }
        if call.isCalledByGit {
            for line in push.lines { notice(line) }
        } else {
            try writeLine(push.lines.joined(separator: "\n"))
        }
        if let failure = push.summary.failure { notice("no summary by a model: \(failure)") }
    }

    func show(_ last: LastDigest, json: Bool) throws {
        if json { return try writeLine(last.json.text(pretty: true)) }
        guard styled else { return try writeLine(last.text) }
        try writeStyled(MarkdownRenderer.rendered(last.text) + "\n")
    }

    private func show(_ payload: HookPayload) throws {
        for request in payload.requests { try writeLine(request) }
        if !payload.hasEndpoint {
            notice("no endpoint is configured: nothing of this is ever sent")
        } else if payload.requests.isEmpty {
            notice("nothing would be sent")
        }
    }

    /// What was done goes to stdout, a line a hook; what a person should know besides to stderr.
    ///
    /// - Returns: How the command ends.
    func show(_ report: HookReport, quiet: Set<HookChange.Result> = []) throws -> ExitStatus {
        for change in report.changes where change.result != .refused && !quiet.contains(change.result) {
            let sentence = change.sentence.map { ": \($0)" } ?? ""
            try writeLine("\(change.name.rawValue): \(change.result.rawValue)\(sentence)")
        }
        for change in report.changes where change.result == .refused {
            notice("\(change.name.rawValue): \(change.sentence ?? "refused")")
        }
        for note in report.notes { trace("\n" + note) }
        return report.isComplete ? .done : .failed
    }
}
