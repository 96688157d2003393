package import FoundationEssentials

/// What a person, a hook or a batch item asks.
package struct Request: Sendable, Hashable {
    package var text: String
    package var source: Source
    package var mode: Mode
    /// Straight to this agent; the orchestrator otherwise.
    package var agent: String?
    package var session: SessionSelection
    /// The name the repository is remembered by: its `owner/name`, or its directory when it has no remote.
    /// Nil outside a repository.
    package var repository: String?
    /// Files given with the request; data for the model, never instructions.
    package var attachments: [Attachment]
    package var limits: RunLimits
    /// Decide and show, but carry out nothing that writes.
    package var dryRun: Bool
    /// The run's id, where whoever asks must be able to find it again; a fresh one otherwise.
    package var run: RunID?
    /// Which day it is for the model, where the answer comes on another one than the question; now otherwise.
    package var askedAt: Date?

    package init(
        text: String, source: Source = .text, mode: Mode = .unattended, agent: String? = nil,
        session: SessionSelection = .new, repository: String? = nil, attachments: [Attachment] = [],
        limits: RunLimits = RunLimits(), dryRun: Bool = false, run: RunID? = nil,
        askedAt: Date? = nil
    ) {
        self.text = text
        self.source = source
        self.mode = mode
        self.agent = agent
        self.session = session
        self.repository = repository
        self.attachments = attachments
        self.limits = limits
        self.dryRun = dryRun
        self.run = run
        self.askedAt = askedAt
    }
}

/// How the words came in.
package enum Source: String, Sendable, Hashable {
    case text, audio, hook, batch
}

/// Who is there to be asked.
package enum Mode: String, Sendable, Hashable {
    /// A person at a terminal.
    case attended
    /// A git hook.
    case hook
    /// No terminal: batch, CI, a pipe.
    case unattended
}

package enum SessionSelection: Sendable, Hashable {
    case new
    /// The session with this key, made if it does not exist.
    case key(String)
    /// The latest session of this repository.
    case latest
}

package struct Attachment: Sendable, Hashable {
    package var name: String
    package var content: String

    package init(name: String, content: String) {
        self.name = name
        self.content = content
    }
}

/// Hard limits of a run and all its child runs together.
package struct RunLimits: Sendable, Hashable {
    package var maxSteps: Int
    package var maxToolCalls: Int
    package var maxTokens: Int
    package var maxCostInUSD: Double?
    package var maxWallTime: Duration
    /// The budget of the remembered context, in tokens; with 0 nothing is looked for.
    package var maxContextTokens: Int
    /// The longest answer that is asked for, in tokens; nil leaves it to the endpoint.
    package var maxOutputTokens: Int?

    package init(
        maxSteps: Int = 20, maxToolCalls: Int = 50, maxTokens: Int = 200_000, maxCostInUSD: Double? = nil,
        maxWallTime: Duration = .seconds(600), maxContextTokens: Int = 4_000, maxOutputTokens: Int? = nil
    ) {
        self.maxSteps = maxSteps
        self.maxToolCalls = maxToolCalls
        self.maxTokens = maxTokens
        self.maxCostInUSD = maxCostInUSD
        self.maxWallTime = maxWallTime
        self.maxContextTokens = maxContextTokens
        self.maxOutputTokens = maxOutputTokens
    }
}
