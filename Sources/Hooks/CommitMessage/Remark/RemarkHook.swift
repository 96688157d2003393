internal import Application
internal import Git
internal import Settings

/// commit-msg: says where message and change disagree. It changes or refuses only where that is configured.
struct RemarkHook: Sendable {
    let run: HookRun

    enum Ending: Sendable {
        /// There was nothing to compare, or everything was said and done.
        case done
        /// For whoever called to show.
        case remark(MessageRemark)
        /// The commit is not to be made.
        case refused
    }

    /// Nil where there is nothing to compare.
    func payload() async throws -> HookPayload? {
        guard let compared = try await compared() else { return nil }
        return try await run.payload { hook in
            _ = await MessageRemark.read(message: compared.message, change: compared.change, hook)
        }
    }

    func answer() async throws -> Ending {
        guard let compared = try await compared() else { return .done }
        let remark = await MessageRemark.read(message: compared.message, change: compared.change, run.hook)
        guard run.call.isCalledByGit, !run.call.isForProgram else { return .remark(remark) }
        if let failure = remark.failure { run.reporter.notice("the message was not compared: \(failure)") }
        return remark.disagreements.isEmpty ? .done : try act(on: remark, compared)
    }

    private struct Compared {
        let path: String
        let bytes: [UInt8]
        let file: MessageFile
        let message: String
        let change: ChangeSet
    }

    /// Nil where there is nothing to compare.
    private func compared() async throws -> Compared? {
        guard let path = run.call.arguments.first else {
            throw Failure(.usage, "commit-msg takes the message's file, such as .git/COMMIT_EDITMSG")
        }
        let bytes = try MessageFileAccess.read(path)
        let file = MessageFile(
            bytes,
            form: try await MessageForm.configured(
                in: run.hook.repository, environment: Context.environment, caller: CallingGit.find()))
        let message = file.message
        guard !message.isEmpty, !["fixup!", "squash!", "amend!"].contains(where: message.hasPrefix) else { return nil }
        let range = if let words = run.call.range { try ChangeRange(words: words) } else { try await staged(message) }
        let change = try await run.hook.reading.read(range)
        return change.isEmpty ? nil : Compared(path: path, bytes: bytes, file: file, message: message, change: change)
    }

    /// What the message is for: an amended commit stands in place of HEAD. Where nobody says which git this is, the
    /// words of HEAD tell.
    private func staged(_ message: String) async throws -> ChangeRange {
        if let caller = CallingGit.find() { return caller.isAmending ? .stagedInPlaceOfHead : .staged }
        guard try await run.hook.repository.head().commit != nil,
            let last = try await run.hook.repository.log(LogQuery(limit: 1)).commits.first
        else { return .staged }
        return message.hasPrefix(last.subject) ? .stagedInPlaceOfHead : .staged
    }

    private func act(on remark: MessageRemark, _ compared: Compared) throws -> Ending {
        for sentence in remark.disagreements { run.reporter.notice(sentence) }
        switch run.context.settings.hooks.disagreement {
        case .say: return .done
        case .comment:
            if let written = compared.file.appendingRemark(remark.disagreements) {
                try MessageFileAccess.replace(compared.path, with: written, ifStill: compared.bytes)
            }
            return .done
        case .refuse:
            run.reporter.notice(
                "the commit is refused, as vocero.hook.disagreement says; the message is kept in \(compared.path)")
            return .refused
        }
    }
}
