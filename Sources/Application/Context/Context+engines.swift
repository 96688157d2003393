package import Assistant
internal import Concurrency
package import Git
package import HTTP
internal import OfflineModel
package import OpenAI
internal import Services
package import Settings

extension Context {
    /// The configured chat model, or the offline planner.
    package func chatModel() -> any ChatModel {
        guard let endpoint = settings.chat.endpoint else { return offlineModel(of: repository) }
        return OpenAIChatModel(client: client(for: endpoint), model: endpoint.model)
    }

    /// What understands requests about a repository without a model. Without one it is the directory's files.
    package func offlineModel(of repository: Repository?) -> any ChatModel { offlinePlanner(of: repository) }

    /// How a request is read without a model, and what would be done with it.
    package func explanation(of request: String) async -> ExplainedRequest {
        ExplainedRequest(await offlinePlanner(of: repository).explanation(of: request))
    }

    private func offlinePlanner(of repository: Repository?) -> OfflinePlanner {
        let root = repository.map(\Repository.workTree) ?? directory
        let workspace = root.flatMap { try? self.workspace(at: $0, of: repository, policies: []) }
        return OfflinePlanner(names: RepositoryNames(repository: repository, workspace: workspace))
    }

    /// The configured speech endpoint, or the local Whisper server, started when the first piece needs it.
    package func transcriber() -> any Transcriber {
        RedactingTranscriber(transcriber: bareTranscriber(), redactor: redactor)
    }

    private func bareTranscriber() -> any Transcriber {
        if let endpoint = settings.speech.endpoint {
            return OpenAITranscriber(client: client(for: endpoint), model: endpoint.model)
        }
        return LocalTranscriber(engine: LocalEngine.speech(home: settings.places.home), http: http, reporter: reporter)
    }

    /// The configured embeddings endpoint, or the local E5 server; nil when neither is there.
    package func embedder() -> (any Embedder)? { embedder(attempts: 5, startsEngine: true) }

    /// The same for who fills in what is missing, and halves what fails: it is not tried often as a whole.
    func fillingEmbedder(startsEngine: Bool) -> (any Embedder)? { embedder(attempts: 2, startsEngine: startsEngine) }

    private func embedder(attempts: Int, startsEngine: Bool) -> (any Embedder)? {
        if let endpoint = settings.embeddings.endpoint {
            return OpenAIEmbedder(client: client(for: endpoint, attempts: attempts), model: endpoint.model)
        }
        let engine = LocalEngine.embeddings(home: settings.places.home)
        return engine.isInstalled ? LocalEmbedder(engine: engine, http: http, startsEngine: startsEngine) : nil
    }

    /// `attempts`: how often a request is sent at most; the waits between them grow.
    package func client(
        for endpoint: EndpointSettings, attempts: Int = 5, firstWait: Duration = .milliseconds(500),
        longestServerWait: Duration = .seconds(120), deadlines: HTTPDeadlines = OpenAIClient.usualDeadlines,
        onLimits: (@Sendable (RateLimits) -> Void)? = nil
    ) -> OpenAIClient {
        let reporter = reporter
        return OpenAIClient(
            endpoint: OpenAIEndpoint(
                baseURL: endpoint.url, key: endpoint.key?.value, organization: endpoint.organization,
                project: endpoint.project),
            http: http, attempts: attempts, deadlines: deadlines, firstWait: firstWait,
            longestServerWait: longestServerWait,
            onRetry: { attempt, wait, reason in
                let words = "attempt \(attempt) failed, trying again in \(wait.milliseconds) ms: \(reason)"
                if reporter.isVerbose { reporter.notice(words) } else { reporter.progress(words) }
            }, onLimits: onLimits)
    }

    /// One line on stderr that says what works without a network, when that is so.
    package func sayWhenOffline() {
        guard case .offline = settings.chat else { return }
        reporter.notice(
            "working offline: no key and no server is configured, so a fixed set of requests is understood (`vocero ask help`)"
        )
    }
}

/// The local Whisper server as a speech endpoint.
private struct LocalTranscriber: Transcriber {
    let engine: LocalEngine
    let http: HTTPClient
    let reporter: any Reporter

    var model: String { "whisper-base" }

    var limits: TranscriberLimits {
        TranscriberLimits(
            maxBytes: 24 << 20, maxSeconds: 1200, extensions: ["flac", "mp3", "ogg", "wav"], givesTimestamps: true,
            takesPrompt: true)
    }

    func transcribe(_ request: TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece {
        let reporter = reporter
        let endpoint = try await engine.endpoint { reporter.progress($0) }
        let client = OpenAIClient(endpoint: endpoint, http: http, attempts: 2)
        return try await OpenAITranscriber(client: client, model: "whisper-1").transcribe(request)
    }
}

/// The local E5 server as an embeddings endpoint. It takes a text's purpose from the model's name.
private struct LocalEmbedder: Embedder {
    let engine: LocalEngine
    let http: HTTPClient
    /// Otherwise only one that runs is asked.
    let startsEngine: Bool

    var model: String { "multilingual-e5-small" }

    func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        guard startsEngine || engine.runningAddress != nil else {
            throw EngineError(.configuration, "The local embedding server does not run.")
        }
        let client = OpenAIClient(endpoint: try await engine.endpoint(), http: http, attempts: 2)
        let embedder = OpenAIEmbedder(client: client, model: model, purposeNames: ("e5-query", "e5-passage"))
        return try await embedder.embed(texts, purpose: purpose)
    }
}

extension LocalEngine {
    /// Where it answers, with a failure to start worded as an engine's.
    fileprivate func endpoint(
        progress: (@Sendable (String) -> Void)? = nil
    ) async throws(EngineError) -> OpenAIEndpoint {
        do throws(ServicesError) {
            let address = try await address(progress: progress)
            return OpenAIEndpoint(baseURL: address.baseURL, key: nil, unixSocket: address.socket)
        } catch {
            let kind: EngineError.Kind =
                switch error.code {
                case .notInstalled: .configuration
                case .cancelled: .cancelled
                default: .unavailable
                }
            throw EngineError(kind, error.message)
        }
    }
}
