internal import Assistant
internal import Concurrency
internal import FoundationEssentials
internal import Git
internal import JSON
internal import Memory
internal import Redaction
internal import Settings
internal import Speech
internal import Tools
internal import Workspace

/// Carries out one `vocero ask`: words, store, run, answer.
struct Asking: Sendable {
    let command: AskCommand
    let context: Context

    func run() async throws {
        if let problem = context.repositoryProblem { throw problem }
        let policyFile = try readPolicy()
        var request = try await request()
        let transcript = try await transcript()
        if let transcript {
            request.text = transcript.text
            request.source = .audio
            context.console.trace("“\(transcript.text)”")
        }
        context.sayWhenOffline()
        let store = try await context.openStore()
        do {
            try await answer(request, transcript: transcript, policyFile, store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    private func answer(_ request: Request, transcript: Transcript?, _ policyFile: PolicyFile?, _ store: Store)
        async throws
    {
        let console = context.console
        let redactor = context.redactor
        let streams = console.styled && !command.json
        let trace = RunTrace(console: console, streams: streams)
        let workspace = try openWorkspace()
        let toolbox = Toolbox(
            workspace: workspace, repository: context.repository, repositoryName: request.repository,
            store: store.memory)
        let assistant = Assistant(
            model: context.chatModel(), tools: toolbox.tools, journal: store.journal, policy: Policy(file: policyFile),
            approver: request.mode == .attended ? TerminalApprover(console: console) : AbsentApprover(),
            observer: trace, prices: context.prices, redact: { redactor.redacted($0) })
        let answer = await assistant.handle(request)
        let isOpened = answer.sessionKey != nil
        let stored = !isOpened ? "nowhere" : store.journal.spooledRuns.contains(answer.run) ? "spooled" : "stored"
        if command.json {
            try console.writeLine(
                AnswerJSON(answer: answer, transcript: transcript, stored: stored).json.text(pretty: true))
        } else if trace.hasStreamed {
            try trace.finish()
        } else if let text = answer.text {
            try write(text)
        }
        if stored == "spooled" {
            console.notice("the store went away: this turn is kept in the local spool and is stored at the next start")
        }
        if command.continuesLatest, let session = answer.sessionKey { console.notice("session \(session)") }
        if isOpened { await fillEmbeddings(of: answer.run, store) }
        try finish(answer)
    }

    private func write(_ text: String) throws {
        guard context.console.styled else {
            return try context.console.write(text.hasSuffix("\n") ? text : text + "\n")
        }
        try context.console.writeStyled(MarkdownRenderer.rendered(text))
    }

    /// The turn's embeddings, within a few seconds; what is not done by then is filled in by a later command.
    private func fillEmbeddings(of run: RunID, _ store: Store) async {
        guard let embedder = store.embedder, !Task.isCancelled, store.journal.spooledRuns.isEmpty else { return }
        let filler = EmbeddingFiller(store: store.memory, embedder: embedder)
        let console = context.console
        _ = await within(.seconds(15)) {
            do throws(JournalError) {
                _ = try await filler.fill(run: run)
                // What earlier runs had to leave, a little each time.
                _ = try await filler.fillMissing(limit: 64)
            } catch {
                if console.verbose { console.notice("no embedding for this turn yet: \(error.message)") }
            }
        }
    }

    private func finish(_ answer: Answer) throws {
        if let failure = answer.failure {
            let failure = CommandFailure(failure)
            context.console.fail(failure)
            throw Ended(status: failure.status)
        }
        guard answer.state == .parked else { return }
        for parked in answer.parked {
            context.console.notice("\(parked.reason); nothing was changed")
            if let preview = parked.preview, !command.json { context.console.trace(preview) }
        }
        context.console.notice("allow it with --policy FILE, or run the command on a terminal (run \(answer.run))")
        throw Ended(status: .approvalNeeded)
    }
}

// MARK: What goes in

extension Asking {
    private func request() async throws -> Request {
        var text = command.text.joined(separator: " ")
        var attachments: [Attachment] = []
        for path in command.files { attachments.append(try await InputText.attachment(path)) }
        if let piped = try await InputText.standardInput(context.console) {
            if text.isEmpty && command.audio == nil {
                text = piped
            } else if !piped.isEmpty {
                attachments.append(Attachment(name: "standard input", content: piped))
            }
        }
        if text.allSatisfy(\.isWhitespace) && command.audio == nil {
            throw CommandFailure(
                .usage, "there is no request; write it behind `vocero ask`, pipe it in, or give --audio FILE")
        }
        let settings = context.settings
        let isAttended = context.console.inputIsTerminal && context.console.errorIsTerminal
        let session: SessionSelection =
            command.continuesLatest ? .latest : command.session.map(SessionSelection.key) ?? .new
        let limits = RunLimits(
            maxSteps: settings.limits.steps, maxToolCalls: settings.limits.toolCalls, maxTokens: settings.limits.tokens,
            maxCostInUSD: settings.limits.cost, maxWallTime: settings.limits.duration,
            maxContextTokens: settings.context.tokens)
        if limits.maxCostInUSD != nil { try requirePrice() }
        return Request(
            text: text, source: .text, mode: isAttended ? .attended : .unattended, agent: command.agent,
            session: session, repository: try await context.repositoryName(), attachments: attachments, limits: limits,
            dryRun: command.dryRun)
    }

    /// A limit in dollars means nothing for a model without a price.
    private func requirePrice() throws {
        let model = context.chatModel().name
        guard context.prices.hasPrice(of: model) else {
            throw CommandFailure(.configuration, ModelPrices.unknown(model))
        }
    }

    private func readPolicy() throws -> PolicyFile? {
        guard let path = command.policy else { return nil }
        return try PolicyFile(entries: Context.policyEntries(ofFile: path), tools: Toolbox.writingToolNames)
    }

    private func openWorkspace() throws -> Workspace? {
        let root = context.repository.map(\.workTree) ?? context.directory
        guard let root else { return nil }
        return try context.workspace(at: root, of: context.repository, policies: command.policy.map { [$0] } ?? [])
    }

    private func transcript() async throws -> Transcript? {
        guard let path = command.audio else { return nil }
        let speaking = Transcribing(context: context)
        let transcript = try await speaking.transcribe(
            path, language: command.language, hint: try await speaking.hint(language: command.language),
            wantsSegments: false)
        context.console.clearProgress()
        return transcript
    }
}
