package import FoundationEssentials
package import JSON

/// The store as the run loop sees it. Every method is durable when it returns (DESIGN section 3): the loop
/// calls them in the order of the effects they announce.
package protocol Journal: Sendable {
    /// Stores the user's message and opens the run; makes or finds the session.
    func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun

    /// What is remembered for this request: the last whole turns of the session and the best hits of the
    /// repository's history, within `tokenBudget`.
    func recall(for run: OpenedRun, text: String, tokenBudget: Int) async throws(JournalError) -> RecalledContext

    /// A model's response, before its calls run.
    func record(step: StepRecord) async throws(JournalError)

    /// A call in one of its states: `executing` before the effect, an outcome after it.
    func record(call: ToolCallRecord) async throws(JournalError)

    /// Opens a child run for a delegate.
    func beginChild(_ child: ChildRunOpening) async throws(JournalError)

    /// Stores the assistant's message (when there is one) and closes the run.
    func finish(_ closing: RunClosing) async throws(JournalError)
}

package struct RunOpening: Sendable, Hashable {
    package var run: RunID
    package var messageID: UUID
    package var text: String
    package var source: Source
    package var mode: Mode
    package var agent: String
    package var session: SessionSelection
    package var repository: String?
    package var model: String
    package var limits: RunLimits
    package var startedAt: Date

    package init(
        run: RunID, messageID: UUID, text: String, source: Source, mode: Mode, agent: String,
        session: SessionSelection, repository: String?, model: String, limits: RunLimits, startedAt: Date
    ) {
        self.run = run
        self.messageID = messageID
        self.text = text
        self.source = source
        self.mode = mode
        self.agent = agent
        self.session = session
        self.repository = repository
        self.model = model
        self.limits = limits
        self.startedAt = startedAt
    }
}

package struct OpenedRun: Sendable, Hashable {
    package var run: RunID
    package var sessionID: UUID
    package var sessionKey: String
    package var repository: String?
    package var messageID: UUID

    package init(run: RunID, sessionID: UUID, sessionKey: String, repository: String?, messageID: UUID) {
        self.run = run
        self.sessionID = sessionID
        self.sessionKey = sessionKey
        self.repository = repository
        self.messageID = messageID
    }
}

package struct ChildRunOpening: Sendable, Hashable {
    package var run: RunID
    package var parent: RunID
    /// The model's id of the delegate call in the parent.
    package var parentCallID: String
    package var agent: String
    package var task: String
    package var model: String
    package var limits: RunLimits
    package var startedAt: Date

    package init(
        run: RunID, parent: RunID, parentCallID: String, agent: String, task: String, model: String,
        limits: RunLimits, startedAt: Date
    ) {
        self.run = run
        self.parent = parent
        self.parentCallID = parentCallID
        self.agent = agent
        self.task = task
        self.model = model
        self.limits = limits
        self.startedAt = startedAt
    }
}

/// One model call and its response.
package struct StepRecord: Sendable, Hashable {
    package var run: RunID
    /// From 0 within the run.
    package var index: Int
    package var request: ChatRequest
    package var response: ChatResponse
    package var costInUSD: Double?
    package var startedAt: Date
    package var endedAt: Date

    package init(
        run: RunID, index: Int, request: ChatRequest, response: ChatResponse, costInUSD: Double?, startedAt: Date,
        endedAt: Date
    ) {
        self.run = run
        self.index = index
        self.request = request
        self.response = response
        self.costInUSD = costInUSD
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

package enum ToolCallState: String, Sendable, Hashable, CaseIterable {
    /// Waits for an approval that could not be asked for.
    case parked
    case denied
    /// Arguments or tool were wrong: nothing was tried.
    case invalid
    case executing
    case succeeded
    case failed
    /// It was carried out or not: nobody knows.
    case unknown
}

package struct ToolCallRecord: Sendable, Hashable {
    package var run: RunID
    package var step: Int
    /// Position among the calls of the step.
    package var index: Int
    package var call: ToolCall
    package var effect: EffectClass?
    package var recovery: RecoveryClass?
    package var intent: JSON?
    package var state: ToolCallState
    /// What the model sees; set with every state but `executing`.
    package var output: String?
    /// The whole output when the model saw only its head; stored as an artifact.
    package var wholeOutput: String?
    package var undo: JSON?
    package var at: Date

    package init(
        run: RunID, step: Int, index: Int, call: ToolCall, effect: EffectClass?, recovery: RecoveryClass?,
        intent: JSON?, state: ToolCallState, output: String?, wholeOutput: String? = nil, undo: JSON? = nil, at: Date
    ) {
        self.run = run
        self.step = step
        self.index = index
        self.call = call
        self.effect = effect
        self.recovery = recovery
        self.intent = intent
        self.state = state
        self.output = output
        self.wholeOutput = wholeOutput
        self.undo = undo
        self.at = at
    }
}

package enum RunState: String, Sendable, Hashable, CaseIterable {
    case running
    case done
    case failed
    /// A call waits for an approval.
    case parked
    /// A limit was reached; can be resumed.
    case limited
    case interrupted
    /// A call's outcome is unknown.
    case unknown
}

package struct RunClosing: Sendable, Hashable {
    package var run: RunID
    package var state: RunState
    package var messageID: UUID
    /// The assistant's message; nil for a child run's and when there is none.
    package var answer: String?
    package var usage: Usage
    package var costInUSD: Double?
    /// Why it failed or stopped.
    package var reason: String?
    package var endedAt: Date

    package init(
        run: RunID, state: RunState, messageID: UUID, answer: String?, usage: Usage, costInUSD: Double?,
        reason: String?, endedAt: Date
    ) {
        self.run = run
        self.state = state
        self.messageID = messageID
        self.answer = answer
        self.usage = usage
        self.costInUSD = costInUSD
        self.reason = reason
        self.endedAt = endedAt
    }
}

/// What is remembered for a request, ready for the model.
package struct RecalledContext: Sendable, Hashable {
    /// The session's last whole turns, oldest first: user and assistant messages.
    package var turns: [RecalledMessage]
    /// Hits from elsewhere in the repository's history, best first.
    package var hits: [RecalledMessage]

    package init(turns: [RecalledMessage] = [], hits: [RecalledMessage] = []) {
        self.turns = turns
        self.hits = hits
    }
}

package struct RecalledMessage: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable { case user, assistant }

    package var run: RunID
    package var role: Role
    package var content: String
    package var createdAt: Date

    package init(run: RunID, role: Role, content: String, createdAt: Date) {
        self.run = run
        self.role = role
        self.content = content
        self.createdAt = createdAt
    }
}

/// Why the store did not take or give something.
package struct JournalError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not reached, shut down, or the connection broke.
        case unavailable
        /// The database is at another schema version than this program.
        case schemaVersion
        /// Another process owns the run now.
        case fenced
        /// What was asked for does not exist.
        case notFound
        case failed
        case cancelled
    }

    package var kind: Kind
    package var message: String
    package var causes: [String]

    package init(_ kind: Kind, _ message: String, causes: [String] = []) {
        self.kind = kind
        self.message = message
        self.causes = causes
    }
}
