internal import Assistant
internal import FoundationEssentials
package import Git
internal import Hashing
internal import Redaction
package import Settings

/// Drafts commit messages: from a model within what is left of the deadline, from the cache, or from the statistics.
package struct Drafting: Sendable {
    private let context: HookContext
    private let cache: DraftCache?
    private let isConventional: Bool?
    private let language: Language?

    /// `isConventional` and `language` are what is configured, against what is learnt from the log.
    package init(
        _ context: HookContext, cache: DraftCache? = nil, isConventional: Bool? = nil,
        language: Language? = nil
    ) {
        self.context = context
        self.cache = cache
        self.isConventional = isConventional
        self.language = language
    }

    /// A draft for a change; nil when nothing changed.
    package func draft(_ range: ChangeRange) async throws(GitError) -> DraftOutcome? {
        let cache = context.model == nil ? nil : cache
        let change = try await context.reading.read(range) { cache?.holds($0) ?? false }
        if change.isEmpty { return nil }
        if let kept = cache?.entry(for: change.identity) {
            return DraftOutcome(
                text: kept.text, origin: .cache(model: kept.model), leftOut: kept.leftOut, files: change.count)
        }
        let style = await style()
        guard let model = context.model else { return digest(of: change, style, .noModel) }
        let plan = PayloadPlan(change, tokensPerCall: context.tokensPerCall)
        guard !plan.parts.isEmpty else { return digest(of: change, style, .onlyStatistics) }
        let leftOut = plan.leftOutWords(moreFiles: change.moreFiles)
        let branch = try? await context.repository.head().branch
        let answer = await context.ask(
            DraftPrompt.request(range.subject, change), of: model, as: DraftPrompt.agent,
            attachments: DraftPrompt.attachments(change: change, plan: plan, style: style, branch: branch),
            parts: DraftPrompt.parts(of: plan))
        guard answer.failure == nil, let text = answer.text else {
            return digest(of: change, style, .failed(context.words(of: answer)), answer)
        }
        switch check(style, change, plan, branch).checked(text) {
        case .success(let said):
            // It goes into a file of ours, and a model may have kept what a rule has missed.
            let checked = context.redactor.redacted(said)
            cache?.keep(DraftCache.Entry(text: checked, model: model.name, leftOut: leftOut), for: change.identity)
            return DraftOutcome(
                text: checked, origin: .model(model.name), leftOut: leftOut, trailers: style.trailers,
                files: change.count,
                answer: answer)
        case .failure(let problem):
            return digest(of: change, style, .failed("the model's draft was not usable: \(problem.reason)"), answer)
        }
    }

    private func check(
        _ style: MessageStyle, _ change: ChangeSet, _ plan: PayloadPlan, _ branch: String?
    ) -> DraftCheck {
        let paths = Set(change.files.flatMap { [$0.path] + [$0.oldPath].compactMap(\.self) })
        let names = Set(paths.compactMap { $0.split(separator: "/").last.map(String.init) })
        let workTree = context.repository.workTree
        return DraftCheck(
            style: style,
            knows: { path in
                if paths.contains(path) || names.contains(path) { return true }
                guard let workTree, !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                    return false
                }
                return FileManager.default.fileExists(atPath: "\(workTree)/\(path)")
            }, evidence: plan.parts.joined() + ChangeList.text(of: change), branch: branch)
    }

    private func digest(
        of change: ChangeSet, _ style: MessageStyle, _ why: DraftOutcome.Fallback, _ answer: Answer? = nil
    ) -> DraftOutcome {
        DraftOutcome(
            text: CommitDigest.message(files: change.files, moreFiles: change.moreFiles, style: style),
            origin: .digest(why), trailers: style.trailers, files: change.count, answer: answer
        )
    }

    /// How this repository words its commits.
    private func style() async -> MessageStyle {
        var messages: [(subject: String, body: String)] = []
        // Without a commit, or where the log cannot be read, there is nothing to learn from.
        if let log = try? await context.repository.log(LogQuery(limit: 100, includesMerges: false)) {
            messages = log.commits.map { ($0.subject, $0.body) }
        }
        return MessageStyle.learned(from: messages)
            .overriding(isConventional: isConventional, language: language)
    }
}

extension ChangeRange {
    var subject: String {
        switch self {
        case .staged: "the staged change"
        case .stagedInPlaceOfHead: "the amended commit"
        case .between(let from, let to): "the change from \(from ?? "nothing") to \(to)"
        }
    }
}
