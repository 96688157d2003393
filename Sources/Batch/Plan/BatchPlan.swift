internal import Application
internal import Assistant
internal import Settings
internal import Tools

/// How the items of a batch are to be worked on. It is stored with the batch, so that all workers do the same,
/// wherever they are.
struct BatchPlan: Sendable, Hashable {
    /// A policy file by the name it may be chosen by.
    struct NamedPolicy: Sendable, Hashable {
        var name: String
        var entries: [Entry]

        init(name: String, entries: [Entry]) {
            self.name = name
            self.entries = entries
        }
    }

    struct Entry: Sendable, Hashable {
        var key: String
        var value: String

        init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// Where the prompts came from; nil for standard input.
    struct Input: Sendable, Hashable {
        var path: String
        var isFolder: Bool
        var include: [String]
        var exclude: [String]
    }

    var input: Input?
    /// Nil: the offline planner.
    var model: String?
    var agent: String?
    var usesTools = true
    /// The first is that of items which choose none.
    var policies: [NamedPolicy] = []
    /// Absolute, without links: where else prompts may ask.
    var repositories: [String] = []
    var language: String?
    var bounds = BatchBounds()
    /// How often an item is tried whose engine fails.
    var attempts = 4
    /// Of the work of one attempt at an item, in seconds.
    var deadline = 600
    /// The longest answer of a model call, in tokens.
    var outputTokens: Int?
    var limitsMoney = false
    /// ``batchAPI``, or nil for one call an item.
    var via: String?
    /// Seconds.
    var lease = 60

    static let batchAPI = "openai-batch"

    init() {}

    /// Who answers an item that chose this agent, or none. Without tools there is nobody to hand it on to; the offline
    /// planner knows nothing by itself.
    func roster(_ agent: String?) -> AgentRoster {
        guard !usesTools, model != nil else { return .standard }
        return AgentRoster.withoutTools(agent ?? self.agent) ?? .standard
    }

    /// Throws where a model is to be asked and none can be.
    func checkEndpoint(_ settings: Settings) throws(Failure) {
        guard let model, settings.chat.endpoint == nil else { return }
        throw Failure(
            .configuration, "the batch asks \(model), and no endpoint is configured here; set OPENAI_API_KEY")
    }

    // MARK: Policies

    /// What may be done for an item that chose this policy, or none.
    ///
    /// A prompt chooses among the files that whoever started the batch has named; it cannot bring one of its own.
    func policy(_ choice: String?) throws(Failure) -> NamedPolicy? {
        guard choice != "none" else { return nil }
        guard let choice else { return policies.first }
        let chosen = policies.filter { $0.name == choice || $0.fileName == choice }
        guard let policy = chosen.first, chosen.count == 1 else {
            let known = policies.isEmpty ? "none was given" : policies.map(\.name).joined(separator: ", ")
            throw Failure(
                .badInput,
                "the policy \(choice) is not among those given by --policy (\(known)); give it, or choose none")
        }
        return policy
    }
}

extension BatchPlan.NamedPolicy {
    var fileName: String { name.split(separator: "/").last.map { String($0) } ?? name }

    func file() throws(Failure) -> PolicyFile {
        do throws(PolicyFileError) {
            return try PolicyFile(entries: entries.map { ($0.key, $0.value) }, tools: Toolbox.writingToolNames)
        } catch {
            throw Failure(.configuration, "the policy \(name): \(error.message)")
        }
    }
}
