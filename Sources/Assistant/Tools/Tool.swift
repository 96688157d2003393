package import JSON

/// Something an agent can do. Named noun_verb: `git_log`, `file_create`.
package protocol Tool: Sendable {
    var description: ToolDescription { get }
    var effect: EffectClass { get }
    var recovery: RecoveryClass { get }

    /// Checks the arguments against the world and says what the call would do. Has no effect itself. The
    /// arguments have already passed the description's schema.
    func prepare(_ arguments: JSON) async throws(ToolError) -> PreparedCall
}

/// What a model is told of a tool.
package struct ToolDescription: Sendable, Hashable {
    package let name: String
    package let summary: String
    /// A JSON schema of type `object`.
    package let parameters: JSON

    package init(name: String, summary: String, parameters: JSON) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
    }
}

/// What a call does to the world; the policy decides by it.
package enum EffectClass: String, Sendable, Hashable, CaseIterable {
    case readLocal, readNetwork, writeLocal, addRemote, changeRemote, destroy

    package var isRead: Bool { self == .readLocal || self == .readNetwork }
}

/// How a call that was cut off while `executing` is taken up again.
package enum RecoveryClass: String, Sendable, Hashable, CaseIterable {
    case read, idempotent, reconcilable, opaque
}

/// A checked call, ready to be shown, decided on and carried out.
package struct PreparedCall: Sendable {
    /// What it is about to do, with its preconditions (HEAD, blob); stored before the effect.
    package let intent: JSON
    package let subject: PolicySubject
    /// Shown to a person before the effect: a unified diff or one line.
    package let preview: String?
    /// The effect.
    package let perform: @Sendable () async throws(ToolError) -> ToolResult

    package init(
        intent: JSON, subject: PolicySubject = PolicySubject(), preview: String? = nil,
        perform: @escaping @Sendable () async throws(ToolError) -> ToolResult
    ) {
        self.intent = intent
        self.subject = subject
        self.preview = preview
        self.perform = perform
    }
}

/// What a policy file's patterns are matched with.
package struct PolicySubject: Sendable, Hashable {
    /// `owner/name`, or the repository's directory name when it has no remote.
    package var repository: String?
    /// Every path the call touches, relative to the workspace.
    package var paths: [String]
    /// What a person types to confirm a `destroy`.
    package var nameToType: String?

    package init(repository: String? = nil, paths: [String] = [], nameToType: String? = nil) {
        self.repository = repository
        self.paths = paths
        self.nameToType = nameToType
    }
}

package struct ToolResult: Sendable, Hashable {
    /// What the model sees: text, usually JSON.
    package var output: String
    /// What takes the effect back, stored with the call.
    package var undo: JSON?

    package init(_ output: String, undo: JSON? = nil) {
        self.output = output
        self.undo = undo
    }

    /// A JSON result, written compactly.
    package init(_ output: JSON, undo: JSON? = nil) {
        self.init(output.description, undo: undo)
    }
}

/// Why a tool did nothing, in words for the model and the person alike.
package struct ToolError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// An argument is wrong; the message lists what is valid.
        case invalidArguments
        /// The path leaves the workspace or names what no tool may touch.
        case outsideWorkspace
        case notFound
        /// The state changed since the call was prepared, or forbids it.
        case conflict
        case failed
        /// It cannot be known whether the effect happened.
        case outcomeUnknown
        case cancelled
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
