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
    /// What is too large to be attached.
    package var parts: RequestParts?
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
        parts: RequestParts? = nil, limits: RunLimits = RunLimits(), dryRun: Bool = false, run: RunID? = nil,
        askedAt: Date? = nil
    ) {
        self.text = text
        self.source = source
        self.mode = mode
        self.agent = agent
        self.session = session
        self.repository = repository
        self.attachments = attachments
        self.parts = parts
        self.limits = limits
        self.dryRun = dryRun
        self.run = run
        self.askedAt = askedAt
    }
}
