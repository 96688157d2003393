internal import Application
internal import Assistant
internal import Git
internal import Hooks
internal import JSON
internal import OpenAI
internal import Settings

/// prepare-commit-msg: a draft into the message file, or by hand to stdout.
struct HookDrafting: Sendable {
    let place: HookPlace

    func run(arguments: [String], range: String?) async throws {
        let change = try range.map(place.range) ?? .staged
        if place.showsPayload {
            let capture = PayloadCapture(name: place.modelName)
            _ = try await drafting(place.hook.capturing(capture), cached: false).draft(change)
            return try place.showPayload(capture)
        }
        guard let path = arguments.first else { return try await print(change) }
        try await write(change, into: path, source: arguments.dropFirst().first ?? "")
    }

    private func print(_ change: ChangeRange) async throws {
        guard let draft = try await drafting(place.hook, cached: true).draft(change) else {
            throw Failure(.badInput, "nothing is staged, so there is nothing to draft a message for")
        }
        if let complaint = draft.complaint { place.console.notice(complaint) }
        if let leftOut = draft.leftOut { place.console.notice("not shown to the model: \(leftOut)") }
        if place.json {
            try place.console.writeLine(DraftJSON.json(of: draft).text(pretty: true))
        } else {
            try place.console.writeLine(draft.text)
        }
    }

    private func write(_ change: ChangeRange, into path: String, source: String) async throws {
        let settings = place.context.settings.hooks
        let isTemplate = source == "template"
        guard source.isEmpty || isTemplate && settings.draftsIntoTemplates else { return }
        if let operation = place.hook.repository.pendingOperation, operation != .bisect { return }
        let bytes = try MessageFileAccess.read(path)
        let form = try await MessageForm.configured(
            in: place.hook.repository, environment: Context.environment, caller: CallingGit.find())
        let file = MessageFile(bytes, form: form)
        guard file.isMessageText else {
            throw Failure(.badInput, "the message file \(path) is not UTF-8 text; it is left alone")
        }
        guard isTemplate || !file.hasMessage else { return }
        place.console.progress("drafting the commit message")
        let draft = try await drafting(place.hook, cached: true).draft(change)
        place.console.clearProgress()
        guard let draft else { return }
        guard form.canHold(draft.text + draft.comments.joined()) else {
            throw Failure(
                .badInput,
                "the draft needs UTF-8, and i18n.commitEncoding is \(form.foreignEncoding ?? ""): it is left out")
        }
        guard let written = file.inserting(draft.text, comments: draft.comments, overTemplate: isTemplate) else {
            return place.console.notice("the draft begins with git's comment sign \(file.sign); it is left out")
        }
        try MessageFileAccess.replace(path, with: written, ifStill: bytes)
        if let complaint = draft.complaint { place.console.notice(complaint) }
        if place.json { try place.console.writeLine(DraftJSON.json(of: draft).text(pretty: true)) }
    }

    private func drafting(_ hook: HookContext, cached: Bool) -> Drafting {
        let settings = place.context.settings
        let format = settings.all.first { $0.name == "commit.format" && $0.source != .default }
        let language = settings.all.first { $0.name == "language" && $0.source.isDeliberate }
        let context = [
            hook.repositoryName, settings.chat.endpoint?.url ?? "", hook.model?.name ?? "", format?.display ?? "",
            language?.display ?? "",
            "\(settings.hooks.tokens)", settings.style.excludedPaths.joined(separator: " "),
        ]
        return Drafting(
            hook,
            cache: cached
                ? DraftCache(
                    directory: settings.places.home + "/cache/drafts", context: context.joined(separator: "\u{0}"))
                : nil,
            isConventional: format.map { _ in settings.style.commitFormat == .conventional },
            language: language.map { _ in settings.style.language })
    }
}

extension SettingSource {
    /// Not a default, nor the locale's language, which says nothing about a repository's commits.
    var isDeliberate: Bool {
        switch self {
        case .default: false
        case .environment(let name): name.hasPrefix("VOCERO_")
        default: true
        }
    }
}

/// The object that `--json` prints for a draft.
enum DraftJSON {
    static func json(of draft: DraftOutcome) -> JSON {
        let origin: (name: String, model: String?, reason: String?) =
            switch draft.origin {
            case .model(let name): ("model", name, nil)
            case .cache(let model): ("cache", model, nil)
            case .digest(.noModel): ("digest", nil, "no model is configured")
            case .digest(.onlyStatistics): ("digest", nil, "only files of which nothing but statistics are said")
            case .digest(.failed(let reason)): ("digest", nil, reason)
            }
        var json: [String: JSON] = [
            "draft": .string(draft.text), "origin": .string(origin.name),
            "model": origin.model.map(JSON.string) ?? .null, "reason": origin.reason.map(JSON.string) ?? .null,
            "left_out": draft.leftOut.map(JSON.string) ?? .null, "files": .integer(draft.files),
        ]
        if let answer = draft.answer {
            json["run"] = .string(answer.run.description)
            json["usage"] = [
                "input_tokens": .integer(answer.usage.inputTokens),
                "output_tokens": .integer(answer.usage.outputTokens),
            ]
            json["cost_usd"] = answer.costInUSD.map(JSON.number) ?? .null
        }
        return .object(json)
    }
}
