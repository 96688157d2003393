/// Everything that can be configured, resolved, with where each value came from.
package struct Settings: Sendable {
    package let chat: EngineSettings
    package let speech: EngineSettings
    package let embeddings: EngineSettings
    package let github: GitHubSettings
    /// A libpq connection string; `""` lets libpq read `PG*` itself; nil for the private cluster.
    package let databaseURL: String?
    package let places: PlaceSettings
    package let style: StyleSettings
    package let limits: LimitSettings
    package let context: ContextSettings
    package let hooks: HookSettings
    /// How long a worker of a batch may be silent before others take over its items.
    package let batchLease: Duration
    /// Longest time between two looks at a Batch API.
    package let batchPoll: Duration
    /// Whether a process of its own fills in embeddings beside the work.
    package let fillsInBackground: Bool
    /// Who asks: stored as `user_id`.
    package let user: String
    /// By model name.
    package let prices: [String: ModelPrice]
    /// `NO_COLOR` is set.
    package let isColorForbidden: Bool

    /// What was ignored, or looks like a mistake: a sentence each, for stderr.
    package let notices: [String]
    /// Each setting with its value and source, for `vocero config`.
    package let all: [SettingLine]
    /// Every secret that is set, with its setting's name: for the redactor.
    package let secrets: [(kind: String, value: String)]
}

/// A line of `vocero config`.
package struct SettingLine: Sendable, Hashable {
    /// `chat.url`.
    package let name: String
    /// Nil when it is not set; `set (…ab12)` for a secret.
    package let display: String?
    package let source: SettingSource
    package let help: String
}

package struct GitHubSettings: Sendable, Hashable {
    /// `https://api.github.com` unless configured.
    package let url: String
    package let token: Secret?
}

/// Directories.
package struct PlaceSettings: Sendable, Hashable {
    /// Vocero's data directory.
    package let home: String
    /// Of a PostgreSQL to use for the private cluster, when configured.
    package let postgresDirectory: String?
}

/// What `.voceroconfig` may set.
package struct StyleSettings: Sendable, Hashable {
    package enum CommitFormat: String, Sendable, Hashable, CaseIterable { case plain, conventional }

    /// Of answers, where the request does not tell.
    package let language: Language
    package let commitFormat: CommitFormat
    /// Patterns of paths that are left out of listings and searches.
    package let excludedPaths: [String]
    /// Words that a recording may hold.
    package let vocabulary: [String]
}

/// Hard limits of a run.
package struct LimitSettings: Sendable, Hashable {
    package let steps: Int
    package let toolCalls: Int
    package let tokens: Int
    /// In US dollars; nil for no limit.
    package let cost: Double?
    package let duration: Duration
}

/// What of the past a request carries.
package struct ContextSettings: Sendable, Hashable {
    package let tokens: Int
    /// Whole turns of the session.
    package let turns: Int
}

/// What git hooks do.
package struct HookSettings: Sendable, Hashable {
    package enum Disagreement: String, Sendable, Hashable, CaseIterable { case say, comment, refuse }

    package let isEnabled: Bool
    /// For everything that git waits for.
    package let deadline: Duration
    /// Of a change in one model call.
    package let tokens: Int
    package let draftsIntoTemplates: Bool
    package let disagreement: Disagreement
}

/// In US dollars per million tokens.
package struct ModelPrice: Sendable, Hashable {
    /// Nil where it was not set.
    package let input: Double?
    package let output: Double?
}
