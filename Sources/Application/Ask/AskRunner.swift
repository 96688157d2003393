package import Assistant
internal import Git
internal import Memory
internal import Settings
internal import Speech
internal import Tools
internal import Workspace

/// Carries out one question: words, store, run, answer, embeddings.
package struct AskRunner: Sendable {
    private let context: Context

    package init(context: Context) { self.context = context }

    /// `approver` is asked in an attended run, `observer` sees the run as it happens, and `deliver` is given the outcome
    /// as soon as it is there, before the turn's embeddings are made and the store is closed; what it throws is thrown.
    ///
    /// Errors: ``Failure`` or a module's error when the question could not be asked; what goes wrong in the run itself is
    /// in the answer.
    @discardableResult
    package func run(
        _ question: AskQuestion, approver: any Approver = AbsentApprover(),
        observer: any RunObserver = SilentObserver(), deliver: (AskOutcome) throws -> Void = { _ in }
    ) async throws -> AskOutcome {
        if let problem = context.repositoryProblem { throw problem }
        var request = try await request(question)
        let transcript = try await transcript(question)
        if let transcript {
            request.text = transcript.text
            request.source = .audio
            context.reporter.trace("“\(transcript.text)”")
        }
        context.sayWhenOffline()
        return try await context.withStore { store in
            let assistant = context.assistant(
                tools: try tools(for: request, question, store), journal: store.journal,
                policy: Policy(file: question.policy?.file),
                approver: request.mode == .attended ? approver : AbsentApprover(), observer: observer)
            let answer = await assistant.handle(request)
            let outcome = AskOutcome(answer: answer, transcript: transcript, kept: Self.keeping(of: answer, store))
            try deliver(outcome)
            if outcome.kept != .nowhere { await store.fillEmbeddings(of: answer.run, context.reporter) }
            return outcome
        }
    }

    private static func keeping(of answer: Answer, _ store: OpenStore) -> AskOutcome.Keeping {
        guard answer.sessionKey != nil else { return .nowhere }
        return store.journal.spooledRuns.contains(answer.run) ? .spooled : .stored
    }

    private func request(_ question: AskQuestion) async throws -> Request {
        if question.text.allSatisfy(\.isWhitespace) && question.recording == nil {
            throw Failure(
                .usage, "there is no request; write it behind `vocero ask`, pipe it in, or give --audio FILE")
        }
        let settings = context.settings
        let limits = RunLimits(
            maxSteps: settings.limits.steps, maxToolCalls: settings.limits.toolCalls, maxTokens: settings.limits.tokens,
            maxCostInUSD: settings.limits.cost, maxWallTime: settings.limits.duration,
            maxContextTokens: settings.context.tokens)
        if limits.maxCostInUSD != nil { try requirePrice() }
        return Request(
            text: question.text, source: .text, mode: question.mode, agent: question.agent, session: question.session,
            repository: try await context.repositoryName(), attachments: question.attachments, limits: limits,
            dryRun: question.dryRun)
    }

    /// A limit in dollars means nothing for a model without a price.
    private func requirePrice() throws {
        let model = context.chatModel().name
        guard context.prices.hasPrice(of: model) else { throw Failure(.configuration, ModelPrices.unknown(model)) }
    }

    private func tools(for request: Request, _ question: AskQuestion, _ store: OpenStore) throws -> [any Tool] {
        let root = context.repository.map(\.workTree) ?? context.directory
        var workspace: Workspace?
        if let root {
            workspace = try context.workspace(
                at: root, of: context.repository, policies: question.policy.map { [$0.path] } ?? [])
        }
        return Toolbox(
            workspace: workspace, repository: context.repository, repositoryName: request.repository,
            store: store.memory, searchesEverywhere: question.searchesEverywhere, redactor: context.redactor
        ).tools
    }

    private func transcript(_ question: AskQuestion) async throws -> Transcript? {
        guard let path = question.recording else { return nil }
        let speaking = TranscriptionRunner(context: context)
        let transcript = try await speaking.transcribe(
            path, language: question.language, hint: try await speaking.hint(language: question.language),
            wantsSegments: false)
        context.reporter.clearProgress()
        return transcript
    }
}
