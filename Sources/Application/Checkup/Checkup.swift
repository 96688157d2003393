internal import Assistant
internal import Git
internal import GitHub
internal import OpenAI
internal import Services
internal import Settings

/// The checks of `vocero doctor`.
package struct Checkup: Sendable {
    package struct Check: Sendable {
        package let name: String
        package let run: @Sendable () async -> Finding
    }

    let context: Context

    package init(context: Context) { self.context = context }

    package var checks: [Check] {
        [
            Check(name: "repository") { await repository() }, Check(name: "trust") { await trust() },
            Check(name: "fence") { fence() }, Check(name: "database") { await database() },
            Check(name: "chat") { await chat() },
            Check(name: "speech") { await engine(.speech, context.settings.speech) },
            Check(name: "embeddings") { await engine(.embeddings, context.settings.embeddings) },
            Check(name: "github") { await github() }, Check(name: "data directory") { dataDirectory() },
        ]
    }

    private func repository() async -> Finding {
        if let problem = context.repositoryProblem {
            return Finding(name: "repository", state: .broken, what: problem.message, advice: "see the sentence above")
        }
        guard let repository = context.repository else {
            return Finding(
                name: "repository", state: .missing, what: "\(context.directory) is in no git repository",
                advice: "change into one, or name it with -C DIR")
        }
        do throws(GitError) {
            let name = try await repository.repositoryName()
            let head = try await repository.head()
            let place = head.branch.map { "on \($0)" } ?? "detached"
            return Finding(name: "repository", state: .good, what: "\(name), \(place)", advice: nil)
        } catch {
            return Finding(name: "repository", state: .broken, what: error.message, advice: "try `git status` there")
        }
    }

    private func chat() async -> Finding {
        guard let endpoint = context.settings.chat.endpoint else {
            return Finding(
                name: "chat", state: .missing, what: "offline: a fixed set of requests is understood",
                advice: "set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server")
        }
        return await remote("chat", endpoint)
    }

    private func engine(_ name: ServiceName, _ settings: EngineSettings) async -> Finding {
        if let endpoint = settings.endpoint { return await remote(name.rawValue, endpoint) }
        let engine = context.engine(name)
        guard engine.isInstalled else {
            let loss = name == .speech ? "recordings cannot be understood" : "memory is searched by words only"
            return Finding(
                name: name.rawValue, state: .missing, what: "no local server is installed: \(loss)",
                advice: "run scripts/setup, or set OPENAI_API_KEY")
        }
        do throws(ServicesError) {
            let address = try await engine.address()
            return Finding(
                name: name.rawValue, state: .good, what: "local server at \(address.description)", advice: nil)
        } catch {
            return Finding(
                name: name.rawValue, state: .broken, what: error.message, advice: "look into \(engine.logFile)")
        }
    }

    /// Asks the server for its models: the URL, the key and the model's name in one call that costs nothing.
    private func remote(_ name: String, _ endpoint: EndpointSettings) async -> Finding {
        let key = endpoint.key == nil ? "no key" : "a key"
        do throws(EngineError) {
            let models = try await context.client(for: endpoint).models()
            let isKnown = models.isEmpty || models.contains(endpoint.model)
            return Finding(
                name: name, state: isKnown ? .good : .missing,
                what: "\(endpoint.url) answers with \(key), model \(endpoint.model)"
                    + (isKnown ? "" : " is not in its list"),
                advice: isKnown ? nil : "it has \(models.prefix(5).joined(separator: ", ")); set \(name).model")
        } catch {
            return Finding(
                name: name, state: .broken, what: error.message,
                advice: "`vocero config` shows where URL and key come from")
        }
    }

    /// A request that costs none of the token's.
    private func github() async -> Finding {
        guard let token = context.settings.github.token else {
            return Finding(
                name: "github", state: .missing, what: "no token: only the local repository is read",
                advice: "set GITHUB_TOKEN when you want GitHub's own data")
        }
        let client = GitHubClient(baseURL: context.settings.github.url, token: token.value, http: context.http)
        do throws(GitHubError) {
            let limit = try await client.rateLimit()
            let words =
                "\(context.settings.github.url) takes the token, \(limit.remaining) of \(limit.limit) requests are left"
            return Finding(name: "github", state: .good, what: words, advice: nil)
        } catch {
            return Finding(name: "github", state: .broken, what: error.message, advice: nil)
        }
    }

    private func dataDirectory() -> Finding {
        Finding(name: "data directory", state: .good, what: context.settings.places.home, advice: nil)
    }
}
