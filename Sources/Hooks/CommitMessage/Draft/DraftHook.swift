internal import Application
internal import Assistant
internal import Git
internal import Settings

/// prepare-commit-msg: a draft into the message file, or by hand for whoever asks.
struct DraftHook: Sendable {
    let run: HookRun

    func payload() async throws -> HookPayload {
        let change = try change
        return try await run.payload { _ = try await drafting($0, cache: nil).draft(change) }
    }

    private var change: ChangeRange {
        get throws { try run.call.range.map(ChangeRange.init(words:)) ?? .staged }
    }

    /// By hand, where no message file is named.
    func draft() async throws -> DraftOutcome {
        guard let draft = try await drafting(run.hook, cache: cache).draft(try change) else {
            throw Failure(.badInput, "nothing is staged, so there is nothing to draft a message for")
        }
        return draft
    }

    /// The draft that was written into the message file; nil where none belongs there. `source` is what git calls the
    /// origin of the message: empty, `template`, `message` and others.
    func write(into path: String, source: String) async throws -> DraftOutcome? {
        let isTemplate = source == "template"
        guard source.isEmpty || isTemplate && run.context.settings.hooks.draftsIntoTemplates else { return nil }
        if let operation = run.hook.repository.pendingOperation, operation != .bisect { return nil }
        let change = try change
        let bytes = try MessageFileAccess.read(path)
        let form = try await MessageForm.configured(
            in: run.hook.repository, environment: Context.environment, caller: CallingGit.find())
        let file = MessageFile(bytes, form: form)
        guard file.isMessageText else {
            throw Failure(.badInput, "the message file \(path) is not UTF-8 text; it is left alone")
        }
        guard isTemplate || !file.hasMessage else { return nil }
        run.reporter.progress("drafting the commit message")
        let draft = try await drafting(run.hook, cache: cache).draft(change)
        run.reporter.clearProgress()
        guard let draft else { return nil }
        guard form.canHold(draft.text + draft.comments.joined()) else {
            throw Failure(
                .badInput,
                "the draft needs UTF-8, and i18n.commitEncoding is \(form.foreignEncoding ?? ""): it is left out")
        }
        guard let written = file.inserting(draft.text, comments: draft.comments, overTemplate: isTemplate) else {
            run.reporter.notice("the draft begins with git's comment sign \(file.sign); it is left out")
            return nil
        }
        try MessageFileAccess.replace(path, with: written, ifStill: bytes)
        return draft
    }

    private func drafting(_ hook: HookContext, cache: DraftCache?) -> Drafting {
        let style = run.context.settings.style
        return Drafting(
            hook, cache: cache, isConventional: format.map { _ in style.commitFormat == .conventional },
            language: language.map { _ in style.language })
    }

    private var cache: DraftCache {
        let settings = run.context.settings
        let context = [
            run.hook.repositoryName, settings.chat.endpoint?.url ?? "", run.hook.model?.name ?? "",
            format?.display ?? "", language?.display ?? "", "\(settings.hooks.tokens)",
            settings.style.excludedPaths.joined(separator: " "),
        ]
        return DraftCache(
            directory: settings.places.home + "/cache/drafts", context: context.joined(separator: "\u{0}"))
    }

    private var format: SettingLine? {
        run.context.settings.all.first { $0.name == "commit.format" && $0.source != .default }
    }

    private var language: SettingLine? {
        run.context.settings.all.first { $0.name == "language" && $0.source.isDeliberate }
    }
}

extension SettingSource {
    /// Not a default, nor the locale's language, which says nothing about a repository's commits.
    fileprivate var isDeliberate: Bool {
        switch self {
        case .default: false
        case .environment(let name): name.hasPrefix("VOCERO_")
        default: true
        }
    }
}
