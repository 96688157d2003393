internal import Assistant
internal import Git
internal import Hooks
internal import JSON
internal import Settings

/// commit-msg: says where message and change disagree. It changes or refuses only where that is configured.
struct HookRemark: Sendable {
    let place: HookPlace

    func run(arguments: [String], range: String?) async throws {
        guard let path = arguments.first else {
            throw CommandFailure(.usage, "commit-msg takes the message's file, such as .git/COMMIT_EDITMSG")
        }
        let bytes = try MessageFileAccess.read(path)
        let file = MessageFile(
            bytes,
            form: try await MessageForm.configured(
                in: place.hook.repository, environment: Context.environment, caller: CallingGit.find()))
        let message = file.message
        guard !message.isEmpty, !["fixup!", "squash!", "amend!"].contains(where: message.hasPrefix) else { return }
        let compared = if let range { try place.range(range) } else { try await staged(message) }
        let change = try await place.hook.reading.read(compared)
        guard !change.isEmpty else { return }
        if place.showsPayload {
            let capture = PayloadCapture(name: place.modelName)
            _ = await MessageRemark.read(message: message, change: change, place.hook.capturing(capture))
            return try place.showPayload(capture)
        }
        let remark = await MessageRemark.read(message: message, change: change, place.hook)
        if place.json { return try place.console.writeLine(Self.json(remark).text(pretty: true)) }
        if let failure = remark.failure { place.console.notice("the message was not compared: \(failure)") }
        guard !remark.disagreements.isEmpty else { return }
        try act(on: remark, file: file, bytes: bytes, path: path)
    }

    /// What the message is for: an amended commit stands in place of HEAD. Where nobody says which git this is, the
    /// words of HEAD tell.
    private func staged(_ message: String) async throws -> ChangeRange {
        if let caller = CallingGit.find() { return caller.isAmending ? .stagedInPlaceOfHead : .staged }
        guard try await place.hook.repository.head().commit != nil,
            let last = try await place.hook.repository.log(LogQuery(limit: 1)).commits.first
        else { return .staged }
        return message.hasPrefix(last.subject) ? .stagedInPlaceOfHead : .staged
    }

    private func act(on remark: MessageRemark, file: MessageFile, bytes: [UInt8], path: String) throws {
        if !place.isCalledByGit { return try place.console.writeLine(remark.disagreements.joined(separator: "\n")) }
        for sentence in remark.disagreements { place.console.notice(sentence) }
        switch place.context.settings.hooks.disagreement {
        case .say: return
        case .comment:
            if let written = file.appendingRemark(remark.disagreements) {
                try MessageFileAccess.replace(path, with: written, ifStill: bytes)
            }
        case .refuse:
            place.console.notice(
                "the commit is refused, as vocero.hook.disagreement says; the message is kept in \(path)")
            throw Ended(status: .failed)
        }
    }

    private static func json(_ remark: MessageRemark) -> JSON {
        [
            "disagreements": .array(remark.disagreements.map { .string($0) }),
            "reason": remark.failure.map(JSON.string) ?? .null,
        ]
    }
}
