internal import Application
internal import Assistant
internal import Git
internal import Hashing
internal import OpenAI
internal import Settings

extension Context {
    /// What a hook looks at and asks with. Git waits, so the store is not asked: the turn goes to the spool, and the next
    /// command brings it in.
    func hookContext(of repository: Repository, _ deadline: HookDeadline) async throws -> HookContext {
        let limits = settings.limits
        var hook = HookContext(
            repository: repository, repositoryName: try await repository.repositoryName(), redactor: redactor,
            model: hookModel, journal: spool, prices: { prices },
            limits: RunLimits(maxSteps: limits.steps, maxTokens: limits.tokens, maxCostInUSD: limits.cost),
            tokensPerCall: settings.hooks.tokens, deadline: deadline)
        hook.excluded = settings.style.excludedPaths.map(PathPattern.init)
        return hook
    }

    /// The configured model; nil when none is. Two attempts, for git waits: a server that is not there is not there.
    var hookModel: OpenAIChatModel? {
        guard let endpoint = settings.chat.endpoint else { return nil }
        let client = client(
            for: endpoint, attempts: 2, firstWait: .milliseconds(100), longestServerWait: .seconds(1))
        return OpenAIChatModel(client: client, model: endpoint.model)
    }

    /// Also where no endpoint is configured: the model that would be asked.
    var hookModelName: String {
        settings.all.first { $0.name == "chat.model" }?.display ?? chatModel().name
    }

    /// Words requests where no endpoint is configured; nothing is sent with it.
    func unaskedModel(named name: String) -> OpenAIChatModel {
        let endpoint = OpenAIEndpoint(baseURL: "https://api.openai.com/v1", key: nil)
        return OpenAIChatModel(client: OpenAIClient(endpoint: endpoint, http: http), model: name)
    }

    /// Of one repository: what its hooks have to do in the background, and the latest digest.
    func hookDirectory(of repository: Repository) -> String {
        let name = ContentHash(ofText: repository.commonDirectory).description.prefix(16)
        return "\(settings.places.home)/hooks/\(name)"
    }
}
