package import Assistant
package import Git
internal import FoundationEssentials
internal import Hashing
internal import Redaction

/// Drafts commit messages: from a model within what is left of the deadline, from the cache, or from the statistics.
package struct Drafting: Sendable {
    /// What a draft is made with.
    package struct Parts: Sendable {
        package var repository: Repository
        /// What memory calls the repository.
        package var repositoryName: String
        package var reading: ChangeReading
        /// Nil when no endpoint is configured.
        package var model: (any ChatModel)?
        package var journal: any Journal
        package var prices: ModelPrices
        package var cache: DraftCache?
        /// What is configured, against what is learnt from the log.
        package var isConventional: Bool?
        package var language: MessageStyle.Language?
        package var tokensPerCall: Int
        package var deadline: HookDeadline

        package init(
            repository: Repository, repositoryName: String, reading: ChangeReading, model: (any ChatModel)?,
            journal: any Journal, prices: ModelPrices, cache: DraftCache?, isConventional: Bool?,
            language: MessageStyle.Language?, tokensPerCall: Int, deadline: HookDeadline
        ) {
            self.repository = repository
            self.repositoryName = repositoryName
            self.reading = reading
            self.model = model
            self.journal = journal
            self.prices = prices
            self.cache = cache
            self.isConventional = isConventional
            self.language = language
            self.tokensPerCall = tokensPerCall
            self.deadline = deadline
        }
    }

    private let parts: Parts

    package init(_ parts: Parts) { self.parts = parts }

    /// A draft for a change; nil when nothing changed.
    package func draft(_ range: ChangeRange) async throws(GitError) -> DraftOutcome? {
        let cache = parts.model == nil ? nil : parts.cache
        let change = try await parts.reading.read(range) { cache?.holds($0) ?? false }
        if change.isEmpty { return nil }
        if let kept = cache?.entry(for: change.identity) {
            return DraftOutcome(
                text: kept.text, origin: .cache(model: kept.model), leftOut: kept.leftOut, files: change.count)
        }
        let style = await style()
        guard let model = parts.model else { return digest(of: change, style, .noModel) }
        let plan = PayloadPlan(change, tokensPerCall: parts.tokensPerCall)
        guard !plan.parts.isEmpty else { return digest(of: change, style, .onlyStatistics) }
        let leftOut = plan.leftOutWords(moreFiles: change.moreFiles)
        let branch = try? await parts.repository.head().branch
        let question = HookQuestion(
            model: model, journal: parts.journal, prices: parts.prices, redactor: parts.reading.redactor,
            repositoryName: parts.repositoryName, deadline: parts.deadline)
        let answer = await question.ask(
            DraftPrompt.request(range.subject, change), as: DraftPrompt.agent,
            attachments: DraftPrompt.attachments(change: change, plan: plan, style: style, branch: branch),
            parts: plan.parts)
        guard answer.failure == nil, let text = answer.text else {
            return digest(of: change, style, .failed(question.words(of: answer)), answer)
        }
        switch check(style, change, plan, branch).checked(text) {
        case .success(let said):
            // It goes into a file of ours, and a model may have kept what a rule has missed.
            let checked = parts.reading.redactor.redacted(said)
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
        let workTree = parts.repository.workTree
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
        if let log = try? await parts.repository.log(LogQuery(limit: 100, includesMerges: false)) {
            messages = log.commits.map { ($0.subject, $0.body) }
        }
        return MessageStyle.learned(from: messages)
            .overriding(isConventional: parts.isConventional, language: parts.language)
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
