import Testing

@testable import Settings

/// Entries of each level, written as `key=value` lines.
func entries(_ text: String, _ source: SettingSource) -> [SettingEntry] {
    text.split(separator: "\n").map { line in
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return SettingEntry(key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "", source: source)
    }
}

func resolve(
    flags: String = "", environment: [String: String] = [:], repository: String = "", user: String = "",
    workTree: String = "", trustsRepository: Bool = false, isRoot: Bool = false
) throws -> Settings {
    try Settings.resolve(
        flags: entries(flags, .flag("--flag")), environment: ["HOME": "/home/u"].merging(environment) { $1 },
        repositoryEntries: entries(repository, .repository(".git/config")),
        userFileEntries: entries(user, .userFile("~/.config/vocero/config")),
        workTreeEntries: entries(workTree, .workTree(".voceroconfig")), trustsRepository: trustsRepository,
        loginName: "login", isRoot: isRoot)
}

struct `A setting` {
    @Test(
        arguments: [
            (["f", "e", "r", "u"], "f"), ([nil, "e", "r", "u"], "e"), ([nil, nil, "r", "u"], "r"),
            ([nil, nil, nil, "u"], "u"),
            ([nil, nil, nil, nil], "gpt-4.1-mini"), ([nil, "", "r", "u"], "r"),
        ] as [([String?], String)])
    func `comes from flag, environment, repository, own file and default in this order`(values: [String?], used: String)
        throws
    {
        let settings = try resolve(
            flags: values[0].map { "chat.model=\($0)" } ?? "",
            environment: ["OPENAI_API_KEY": "sk-test"].merging(values[1].map { ["VOCERO_CHAT_MODEL": $0] } ?? [:]) {
                $1
            },
            repository: values[2].map { "vocero.chat.model=\($0)" } ?? "",
            user: values[3].map { "chat.model=\($0)" } ?? "")
        #expect(settings.chat.endpoint?.model == used)
    }

    @Test func `of the work tree is weaker than all others`() throws {
        #expect(try resolve(workTree: "vocero.language=es").style.language == .spanish)
        #expect(try resolve(user: "language=en", workTree: "vocero.language=es").style.language == .english)
        #expect(try resolve(environment: ["LANG": "en_US.UTF-8"], workTree: "language=es").style.language == .spanish)
    }

    @Test(arguments: ["chat.url", "vocero.chat.url", "Vocero.Chat.URL", "CHAT.url"])
    func `may be written with or without vocero in the user's file, in any case`(key: String) throws {
        #expect(try resolve(user: "\(key)=http://localhost:1/v1").chat.endpoint?.url == "http://localhost:1/v1")
    }

    @Test func `of the repository's configuration needs vocero in front`() throws {
        let settings = try resolve(repository: "chat.url=http://localhost/v1\nuser.name=x\ncore.editor=vi")
        #expect(settings.chat == .offline && settings.notices.isEmpty)
    }

    @Test(arguments: [
        ("limits.steps=0", "limits.steps"), ("limits.steps=many", "limits.steps"),
        ("limits.steps=99999999999999999999", "limits.steps"),
        ("limits.seconds=-1", "limits.seconds"), ("limits.seconds=8d", "limits.seconds"),
        ("limits.cost=free", "limits.cost"),
        ("limits.cost=nan", "limits.cost"), ("limits.cost=1e9", "limits.cost"), ("language=klingon", "language"),
        ("commit.format=$(rm)", "commit.format"), ("home=relative", "home"), ("database.url=http://x", "database.url"),
        ("chat.url=ftp://x", "chat.url"), ("chat.url=localhost:1", "chat.url"),
        ("chat.url=https://u:p@h/v1", "chat.url"),
        ("chat.url=https://h/v1?x=1", "chat.url"), ("chat.url=https://h:0/", "chat.url"),
        ("chat.url=https://h:99999/", "chat.url"),
        ("chat.url=https:///v1", "chat.url"), ("chat.url=https://h/../x", "chat.url"),
        ("chat.url=https://h\\@evil/", "chat.url"),
        ("chat.url=https://h x/", "chat.url"), ("chat.url=https://ñ/", "chat.url"),
        ("chat.url=https://h/\u{7}", "chat.url"),
        ("openai.key=a b", "openai.key"), ("openai.key=a\r\nX-Evil: 1", "openai.key"), ("chat.model=", "chat.model"),
        ("price.m.input=-1", "price.m.input"), ("price.m.other=1", "price.m.other"), ("price.input=1", "price.input"),
    ])
    func `that is not valid names itself, its source and what is valid, and no secret`(line: String, key: String) throws
    {
        let error = try #require(throws: SettingsError.self) { try resolve(user: line) }
        #expect(error.key == key && error.message.contains(key) && error.message.contains("~/.config/vocero/config"))
        #expect(error.message.contains("must be") || error.message.contains("is p") || error.message.contains(" is "))
        #expect(!error.message.contains("u:p@h"))
    }

    @Test func `that is unknown is a notice with the nearest name`() throws {
        let settings = try resolve(user: "chat.modle=x\nnonsense.altogether.here=1")
        #expect(settings.notices.count == 2)
        #expect(settings.notices[0].contains("chat.modle") && settings.notices[0].contains("did you mean chat.model?"))
        #expect(!settings.notices[1].contains("did you mean"))
    }

    @Test func `is listed with its value and source, secrets without their value`() throws {
        let settings = try resolve(
            environment: ["OPENAI_API_KEY": "sk-abcdefghijklmnop1234", "DATABASE_URL": "postgresql://u:hunter2x@h/d"],
            user: "limits.steps=7")
        let lines = Dictionary(uniqueKeysWithValues: settings.all.map { ($0.name, $0) })
        #expect(lines["limits.steps"]?.display == "7")
        #expect(lines["limits.steps"]?.source == .userFile("~/.config/vocero/config"))
        #expect(lines["chat.key"]?.display == "set (…1234)")
        #expect(lines["chat.key"]?.source == .environment("OPENAI_API_KEY"))
        #expect(lines["chat.url"]?.display == "https://api.openai.com/v1")
        #expect(lines["database.url"]?.display == "postgresql://u:…@h/d")
        #expect(settings.databaseURL == "postgresql://u:hunter2x@h/d")
        #expect(Set(settings.all.map(\.name)) == Set(SettingKey.all.map(\.name)))
        for line in settings.all {
            #expect(!(line.display ?? "").contains("abcdefghijklmnop") && !(line.display ?? "").contains("hunter2"))
        }
        #expect(settings.secrets.map(\.value).contains("hunter2x"))
        #expect("\(settings.chat)".contains("abcdefghijklmnop") == false)
    }

    @Test(
        arguments: [
            ("postgresql://u:pw@h/d", "postgresql://u:…@h/d", "pw"),
            ("postgres://u@h/d?password=pw&x=1", "postgres://u@h/d?password=…&x=1", "pw"),
            ("host=h password=pw user=u", "host=h password=… user=u", "pw"),
            ("password = 'a b' host=h", "password=… host=h", "a b"),
            ("postgresql://u:p/w@h/d", ConnectionText.hidden, "p/w"),
            ("postgres:/u:pw@h/d", ConnectionText.hidden, "pw"), ("u:pw@h/d", ConnectionText.hidden, "pw"),
            ("mysql://u:pw@h/d", ConnectionText.hidden, "pw"), ("host=h 'pw'", ConnectionText.hidden, nil),
            ("postgresql://u:p w@h/d", ConnectionText.hidden, "p w"),
            ("postgresql://h:pw/d", ConnectionText.hidden, nil),
            ("PASSWORD=pw password=x", "PASSWORD=… password=…", "pw"),
            ("host=h sslpassword=pw", "host=h sslpassword=…", "pw"), ("password='pw", ConnectionText.hidden, "pw"),
            ("postgresql:///d?host=/run", "postgresql:///d?host=/run", nil),
            ("postgresql://u:p@ss@h/d", ConnectionText.hidden, "p@ss"),
            ("host=/run/pg dbname=d", "host=/run/pg dbname=d", nil),
        ] as [(String, String, String?)])
    func `with a connection string hides its password`(text: String, shown: String, password: String?) {
        #expect(ConnectionText.masked(text).text == shown)
        #expect(ConnectionText.masked(text).password == password)
    }

    @Test func `has a default`() throws {
        let settings = try resolve()
        #expect(settings.chat == .offline && settings.speech == .offline && settings.embeddings == .offline)
        #expect(settings.databaseURL == nil && settings.user == "login" && settings.github.token == nil)
        #expect(settings.places.home == "/home/u/.local/share/vocero")
        #expect(settings.limits.duration == .seconds(600) && settings.limits.cost == nil && settings.context.turns == 5)
        #expect(try resolve(isRoot: true).places.home == "/var/lib/vocero")
        #expect(try resolve(environment: ["XDG_DATA_HOME": "/d"]).places.home == "/d/vocero")
        #expect(try resolve(environment: ["VOCERO_HOME": "/v"], isRoot: true).places.home == "/v")
        #expect(throws: SettingsError.self) { try Settings.resolve(environment: [:]) }
    }

    @Test(arguments: [
        (["LANG": "es_ES.UTF-8"], "es"), (["LC_ALL": "en_US", "LANG": "es_ES"], "en"), (["LANG": "C"], "en"),
        (["LANG": "es"], "es"),
        (["LANG": "est_EE"], "en"), (["VOCERO_LANGUAGE": "ES", "LANG": "en_US"], "es"),
        (["LC_MESSAGES": "es_MX", "LANG": "en_US"], "es"),
    ])
    func `of the language follows the locale`(environment: [String: String], language: String) throws {
        #expect(try resolve(environment: environment).style.language.rawValue == language)
    }

    @Test(arguments: [
        (["PGHOST": "h"], "", ""), (["PGSERVICE": "s"], "database.url=postgresql://u", ""),
        (["DATABASE_URL": "postgresql://e", "PGHOST": "h"], "", "postgresql://e"),
        (["VOCERO_DATABASE_URL": "postgresql://v", "DATABASE_URL": "postgresql://e"], "", "postgresql://v"),
        ([:], "database.url=postgresql://u", "postgresql://u"),
    ])
    func `of the database follows libpq's variables`(environment: [String: String], user: String, used: String) throws {
        #expect(try resolve(environment: environment, user: user).databaseURL == used)
    }

    @Test func `of a price belongs to the user alone`() throws {
        let settings = try resolve(
            repository: "vocero.price.gpt-4.1-mini.input=0",
            user: "price.gpt-4.1-mini.input=0.4\nvocero.price.gpt-4.1-mini.OUTPUT=1.6")
        #expect(settings.prices == ["gpt-4.1-mini": ModelPrice(input: 0.4, output: 1.6)])
        #expect(settings.notices.count == 1)
    }

    @Test(arguments: [("90", 90), ("90s", 90), ("10m", 600), ("2h", 7_200)])
    func `of a time may have a unit`(text: String, seconds: Int) throws {
        #expect(try resolve(user: "limits.seconds=\(text)").limits.duration == .seconds(seconds))
    }

    @Test func `is found in the user's file where the environment says`() {
        #expect(Settings.userFile(environment: ["HOME": "/h"]) == "/h/.config/vocero/config")
        #expect(Settings.userFile(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "/x"]) == "/x/vocero/config")
        #expect(Settings.userFile(environment: ["VOCERO_CONFIG": "/c", "HOME": "/h"]) == "/c")
        #expect(Settings.userFile(environment: [:]) == nil)
    }
}

struct `A work tree's configuration` {
    @Test func `sets style, and adds to lists`() throws {
        let settings = try resolve(
            user: "paths.exclude=a/**",
            workTree:
                "vocero.language=es\nvocero.commit.format=conventional\npaths.exclude=dist/**, *.min.js\nvocabulary=Vocero"
        )
        #expect(settings.style.language == .spanish && settings.style.commitFormat == .conventional)
        #expect(
            settings.style.excludedPaths == ["a/**", "dist/**", "*.min.js"] && settings.style.vocabulary == ["Vocero"])
        #expect(settings.notices.isEmpty)
    }

    @Test(
        arguments: SettingKey.all.filter { !$0.isStyle }.map(\.name) + [
            "vocero.chat.url", "price.x.input", "policy", "allow.file_create.path", "core.hookspath", "alias.x",
            "command", "include.path",
            "chat.URL", "Chat.Url", "hook.pre-commit.command", "tool.run", "approve", "github.token ", "unknown",
        ])
    func `cannot set anything else, and is told so by name`(key: String) throws {
        let clean = try resolve(environment: ["OPENAI_API_KEY": "sk-key"])
        let value =
            key.contains("url")
            ? "https://evil.example/v1" : key.contains("limit") || key.contains("context") ? "1000" : "true"
        let settings = try resolve(environment: ["OPENAI_API_KEY": "sk-key"], workTree: "\(key)=\(value)")
        #expect(settings.all == clean.all)
        #expect(
            settings.chat == clean.chat && settings.databaseURL == clean.databaseURL && settings.places == clean.places)
        #expect(settings.notices.count == 1 && settings.notices[0].contains("may set only language"))
    }

    @Test(arguments: [
        "language=klingon", "commit.format=evil\nformat", "vocabulary=a\u{1b}[31m",
        "paths.exclude=" + String(repeating: "x", count: 200),
    ])
    func `with a value that is not valid is passed over, not an error`(line: String) throws {
        let entry = entries(line.replacing("\n", with: " "), .workTree(".voceroconfig"))
        let settings = try Settings.resolve(environment: ["HOME": "/h"], workTreeEntries: entry)
        #expect(
            settings.notices.count == 1 && settings.style.vocabulary.isEmpty && settings.style.excludedPaths.isEmpty)
    }

    @Test func `cannot flood the terminal or colour it`() throws {
        let many = (0..<1_000).map { "x\u{1b}[31m\($0)=1" }.joined(separator: "\n")
        let notices = try resolve(workTree: many).notices
        #expect(notices.count == 21 && !notices.joined().contains("\u{1b}"))
    }
}
