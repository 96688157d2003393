/// A setting: what it is called, where it may come from, what it must look like.
package struct SettingKey: Sendable {
    enum Form: Sendable {
        case webAddress
        case database
        case secret
        /// At most so many characters on one line.
        case text(Int)
        case integer(ClosedRange<Int>)
        case dollars
        case duration
        case directory
        case flag
        case choice([String])
        case list
    }

    /// `chat.url`; in git's configuration `vocero.chat.url`.
    package let name: String
    /// One line for `vocero config`.
    package let help: String
    /// Environment variables, the strongest first.
    package let variables: [String]
    let form: Form
    let defaultValue: String?
    /// May come from `.voceroconfig`.
    let isStyle: Bool
    /// Whether it may come from the repository's git configuration.
    let fromRepository: FromRepository

    enum FromRepository: Sendable {
        /// What belongs to a person: where data goes, keys, places.
        case never
        /// Style and manners.
        case always
        /// A limit: lower than it would be without.
        case downwards
        /// Where an engine is: when the person has allowed this repository.
        case whenTrusted
    }

    init(
        _ name: String, _ form: Form, _ help: String, variables: [String] = [], default defaultValue: String? = nil,
        isStyle: Bool = false, fromRepository: FromRepository = .never
    ) {
        self.name = name
        self.help = help
        let own = "VOCERO_" + name.uppercased().replacing(".", with: "_")
        self.variables = [own] + variables
        self.form = form
        self.defaultValue = defaultValue
        self.isStyle = isStyle
        self.fromRepository = isStyle ? .always : fromRepository
    }

    var isSecret: Bool { if case .secret = form { true } else { false } }
    var isList: Bool { if case .list = form { true } else { false } }
}

extension SettingKey {
    /// Every setting but the prices.
    package static let all: [SettingKey] =
        engine("chat", "Chat", model: "gpt-4.1-mini")
        + engine("speech", "Speech", model: "whisper-1")
        + engine("embeddings", "Embeddings", model: "text-embedding-3-small")
        + [
            SettingKey(
                "openai.url", .webAddress, "Base URL of all three engines where they have none of their own",
                variables: ["OPENAI_BASE_URL"], fromRepository: .whenTrusted),
            SettingKey(
                "openai.key", .secret, "Key of all three engines where they have none of their own",
                variables: ["OPENAI_API_KEY"], fromRepository: .whenTrusted),
            SettingKey("openai.organization", .text(200), "OpenAI organization", variables: ["OPENAI_ORG_ID"]),
            SettingKey("openai.project", .text(200), "OpenAI project", variables: ["OPENAI_PROJECT_ID"]),
            SettingKey(
                "github.url", .webAddress, "Base URL of GitHub's REST API", variables: ["GITHUB_API_URL"],
                default: "https://api.github.com"),
            SettingKey("github.token", .secret, "GitHub token", variables: ["GITHUB_TOKEN", "GH_TOKEN"]),
            SettingKey(
                "database.url", .database, "PostgreSQL to keep everything in; without one, a private cluster",
                variables: ["DATABASE_URL"]),
            SettingKey("home", .directory, "Data directory"),
            SettingKey("postgres.directory", .directory, "PostgreSQL installation for the private cluster"),
            SettingKey("user", .text(100), "Who asks; kept with each message"),
            SettingKey("language", .choice(["en", "es"]), "Language of answers", isStyle: true),
            SettingKey(
                "commit.format", .choice(["plain", "conventional"]), "Form of commit messages", default: "plain",
                isStyle: true),
            SettingKey("paths.exclude", .list, "Patterns of paths left out of listings and searches", isStyle: true),
            SettingKey("vocabulary", .list, "Words that a recording may hold", isStyle: true),
            SettingKey(
                "limits.steps", .integer(1...1_000), "Model calls of a run", default: "20", fromRepository: .downwards),
            SettingKey(
                "limits.toolcalls", .integer(1...10_000), "Tool calls of a run", default: "50",
                fromRepository: .downwards),
            SettingKey(
                "limits.tokens", .integer(1_000...100_000_000), "Tokens of a run", default: "200000",
                fromRepository: .downwards),
            SettingKey("limits.cost", .dollars, "Cost of a run in US dollars", fromRepository: .downwards),
            SettingKey(
                "limits.seconds", .duration, "Time of a run: 90, 90s, 10m, 1h", default: "600",
                fromRepository: .downwards),
            SettingKey(
                "context.tokens", .integer(0...1_000_000), "Tokens of remembered context in a request", default: "4000"),
            SettingKey("context.turns", .integer(0...100), "Last turns of the session in a request", default: "5"),
            SettingKey(
                "batch.lease", .duration, "How long a silent worker of a batch keeps its items: 60, 60s, 2m",
                default: "60"),
            SettingKey(
                "batch.poll", .duration, "Longest time between two looks at a Batch API: 60, 60s, 2m", default: "60"),
            SettingKey("hooks", .flag, "Git hooks do something", default: "true", fromRepository: .always),
            SettingKey(
                "hook.deadline", .duration, "Time a git hook may take: 8, 8s, 1m", default: "8", fromRepository: .always
            ),
            SettingKey(
                "hook.tokens", .integer(500...1_000_000), "Tokens of a change in one model call", default: "12000",
                fromRepository: .always),
            SettingKey(
                "hook.template", .flag, "Draft also into a commit template", default: "false", fromRepository: .always),
            SettingKey(
                "hook.disagreement", .choice(["say", "comment", "refuse"]),
                "Where message and change disagree: say it, comment in the message file too, or refuse the commit",
                default: "say", fromRepository: .always),
        ]

    private static func engine(_ name: String, _ title: String, model: String) -> [SettingKey] {
        [
            SettingKey(
                "\(name).url", .webAddress, "\(title): base URL of a server that speaks the OpenAI protocol",
                fromRepository: .whenTrusted),
            SettingKey("\(name).key", .secret, "\(title): key", fromRepository: .whenTrusted),
            // Another model for embeddings would hide what is remembered.
            SettingKey(
                "\(name).model", .text(200), "\(title): model", default: model,
                fromRepository: name == "chat" ? .always : .whenTrusted),
            SettingKey(
                "\(name).insecure", .flag, "\(title): allow a key to go over http to another machine", default: "false"),
        ]
    }
}
