package import Assistant

/// What one person or client asks, before a recording has become words and a policy file has been read.
package struct AskQuestion: Sendable {
    /// Empty when the words are in a recording.
    package var text: String
    /// The path of a recording, from the working directory on.
    package var recording: String?
    /// The language that is spoken in it: en, es, …; the configured one otherwise.
    package var language: String?
    package var attachments: [Attachment]
    package var session: SessionSelection
    /// Straight to this agent; the orchestrator otherwise.
    package var agent: String?
    /// What is allowed without asking.
    package var policy: GivenPolicy?
    /// Whether somebody can be asked for an approval.
    package var mode: Mode
    package var dryRun: Bool
    /// Also what was said about other repositories is looked at.
    package var searchesEverywhere: Bool

    package init(
        text: String, recording: String? = nil, language: String? = nil, attachments: [Attachment] = [],
        session: SessionSelection = .new, agent: String? = nil, policy: GivenPolicy? = nil, mode: Mode = .unattended,
        dryRun: Bool = false, searchesEverywhere: Bool = false
    ) {
        self.text = text
        self.recording = recording
        self.language = language
        self.attachments = attachments
        self.session = session
        self.agent = agent
        self.policy = policy
        self.mode = mode
        self.dryRun = dryRun
        self.searchesEverywhere = searchesEverywhere
    }
}
