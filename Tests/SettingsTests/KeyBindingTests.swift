import Testing

@testable import Settings

struct `A key` {
    struct Row: Sendable, CustomStringConvertible {
        let environment: [String: String]
        var flags = ""
        var repository = ""
        var user = ""
        /// Nil: offline.
        let url: String?
        let key: String?
        var description: String { "\(environment) \(repository) \(user)" }
    }

    private static let openAI = "https://api.openai.com/v1"
    private static let rows: [Row] = [
        Row(environment: [:], url: nil, key: nil),
        Row(environment: ["OPENAI_API_KEY": "G"], url: openAI, key: "G"),
        Row(environment: ["OPENAI_BASE_URL": "http://localhost:8000/v1/"], url: "http://localhost:8000/v1", key: nil),
        Row(environment: ["OPENAI_BASE_URL": "https://b/v1", "OPENAI_API_KEY": "G"], url: "https://b/v1", key: "G"),
        Row(environment: ["VOCERO_CHAT_URL": "https://c/v1", "VOCERO_CHAT_KEY": "K"], url: "https://c/v1", key: "K"),
        Row(environment: ["VOCERO_CHAT_KEY": "K"], url: openAI, key: "K"),
        Row(environment: ["VOCERO_CHAT_KEY": "K", "OPENAI_API_KEY": "G"], url: openAI, key: "K"),
        Row(environment: ["VOCERO_CHAT_KEY": "K", "OPENAI_BASE_URL": "https://b/v1"], url: "https://b/v1", key: "K"),
        // A server of its own never gets the common key, unless it is the same server.
        Row(
            environment: ["VOCERO_CHAT_URL": "http://localhost:1/v1", "OPENAI_API_KEY": "G"],
            url: "http://localhost:1/v1", key: nil),
        Row(
            environment: ["VOCERO_CHAT_URL": "https://api.openai.com/v1", "OPENAI_API_KEY": "G"], url: openAI, key: "G"),
        Row(
            environment: ["VOCERO_CHAT_URL": "https://api.openai.com:444/v1", "OPENAI_API_KEY": "G"],
            url: "https://api.openai.com:444/v1", key: nil),
        Row(
            environment: ["VOCERO_CHAT_URL": "https://api.openai.com.evil.example/v1", "OPENAI_API_KEY": "G"],
            url: "https://api.openai.com.evil.example/v1", key: nil),
        Row(
            environment: ["VOCERO_CHAT_URL": "http://api.openai.com/v1", "OPENAI_API_KEY": "G"],
            url: "http://api.openai.com/v1", key: nil),
        Row(
            environment: ["VOCERO_CHAT_URL": "https://API.OpenAI.com/v1", "OPENAI_API_KEY": "G"], url: openAI, key: "G"),
        Row(
            environment: [
                "VOCERO_CHAT_URL": "https://b/chat", "OPENAI_BASE_URL": "https://b/v1", "OPENAI_API_KEY": "G",
            ], url: "https://b/chat", key: "G"),
        Row(
            environment: ["VOCERO_CHAT_URL": openAI, "OPENAI_BASE_URL": "https://b/v1", "OPENAI_API_KEY": "G"],
            url: openAI, key: nil),
        // A repository cannot send a key of the environment or of the user's file elsewhere.
        Row(
            environment: ["OPENAI_API_KEY": "G"], repository: "vocero.openai.url=https://evil/v1",
            url: "https://evil/v1", key: nil),
        Row(
            environment: ["OPENAI_API_KEY": "G"], repository: "vocero.chat.url=https://evil/v1", url: "https://evil/v1",
            key: nil),
        Row(
            environment: ["VOCERO_CHAT_KEY": "K"], repository: "vocero.chat.url=https://evil/v1",
            url: "https://evil/v1", key: nil),
        Row(
            environment: [:], repository: "vocero.chat.url=https://evil/v1", user: "chat.key=K", url: "https://evil/v1",
            key: nil),
        Row(
            environment: [:], repository: "vocero.chat.url=https://evil/v1", user: "chat.url=https://c/v1\nchat.key=K",
            url: "https://evil/v1",
            key: nil),
        Row(
            environment: ["VOCERO_CHAT_KEY": "K"], repository: "vocero.chat.url=https://api.openai.com/v2",
            url: "https://api.openai.com/v2", key: "K"),
        Row(
            environment: [:], repository: "vocero.chat.url=https://c/v1\nvocero.chat.key=R", url: "https://c/v1",
            key: "R"),
        Row(
            environment: ["OPENAI_API_KEY": "G"], repository: "vocero.chat.url=https://c/v1\nvocero.chat.key=R",
            url: "https://c/v1", key: "R"),
        // A key in the environment for a server in the user's file, and both in the file.
        Row(environment: ["VOCERO_CHAT_KEY": "K"], user: "chat.url=https://c/v1", url: "https://c/v1", key: "K"),
        Row(environment: ["OPENAI_API_KEY": "G"], user: "openai.url=https://b/v1", url: "https://b/v1", key: "G"),
        Row(environment: [:], user: "chat.url=https://c/v1\nchat.key=U", url: "https://c/v1", key: "U"),
        // A key in the file belongs to the file's server, not to one that a variable names.
        Row(environment: ["OPENAI_BASE_URL": "https://b/v1"], user: "openai.key=U", url: "https://b/v1", key: nil),
        Row(
            environment: ["VOCERO_CHAT_URL": "https://x/v1"], user: "chat.url=https://c/v1\nchat.key=U",
            url: "https://x/v1", key: nil),
        Row(
            environment: ["OPENAI_API_KEY": "G"], flags: "chat.url=http://127.0.0.1:9/v1", url: "http://127.0.0.1:9/v1",
            key: nil),
        Row(
            environment: ["VOCERO_CHAT_URL": "http://127.0.0.1:9/v1", "VOCERO_CHAT_KEY": "K"],
            url: "http://127.0.0.1:9/v1", key: "K"),
        Row(
            environment: ["VOCERO_CHAT_URL": "http://[::1]:9/v1", "VOCERO_CHAT_KEY": "K"], url: "http://[::1]:9/v1",
            key: "K"),
    ]

    @Test(arguments: rows)
    func `goes to the server it was given for and to no other`(row: Row) throws {
        let settings = try resolve(
            flags: row.flags, environment: row.environment, repository: row.repository, user: row.user,
            trustsRepository: true)
        #expect(settings.chat.endpoint?.url == row.url)
        #expect(settings.chat.endpoint?.key?.value == row.key)
    }

    @Test func `of one engine is not another's`() throws {
        let settings = try resolve(environment: [
            "VOCERO_SPEECH_URL": "http://localhost:1/v1", "VOCERO_SPEECH_KEY": "S",
        ])
        #expect(
            settings.speech.endpoint?.key?.value == "S" && settings.chat == .offline && settings.embeddings == .offline)
    }

    @Test func `that is kept from a host is told`() throws {
        let settings = try resolve(
            environment: ["VOCERO_CHAT_KEY": "SECRETSECRET"], repository: "vocero.chat.url=https://evil/v1",
            trustsRepository: true)
        #expect(settings.notices.count == 1 && settings.notices[0].contains("not sent to evil"))
        #expect(!settings.notices[0].contains("SECRET"))
        #expect(settings.secrets.map(\.value) == ["SECRETSECRET"])
    }

    @Test(arguments: [
        "http://example.org/v1", "http://10.0.0.1/v1", "http://127.0.0.1.evil.example/v1",
        "http://localhost.evil.example/v1", "http://0.0.0.0/v1",
        "http://[::]/v1", "http://127.1/v1", "http://2130706433/v1", "http://127.0.0.256/v1",
    ])
    func `does not go over http to another machine`(url: String) throws {
        let environment = ["VOCERO_CHAT_URL": url, "VOCERO_CHAT_KEY": "K"]
        #expect(throws: SettingsError.self) { try resolve(environment: environment) }
        #expect(throws: SettingsError.self) {
            try resolve(environment: environment, repository: "vocero.chat.insecure=true")
        }
        #expect(try resolve(environment: environment, user: "chat.insecure=true").chat.endpoint?.key?.value == "K")
        #expect(try resolve(environment: ["VOCERO_CHAT_URL": url]).chat.endpoint?.key == nil)
    }

    @Test func `of GitHub goes to GitHub, or where the same source says`() throws {
        let environment = ["GITHUB_TOKEN": "T"]
        #expect(
            try resolve(environment: environment).github
                == GitHubSettings(url: "https://api.github.com", token: Secret("T")))
        let elsewhere = try resolve(
            environment: environment, repository: "vocero.github.url=https://evil", trustsRepository: true)
        #expect(elsewhere.github.url == "https://api.github.com" && elsewhere.notices.count == 1)
        #expect(
            try resolve(environment: environment.merging(["GITHUB_API_URL": "http://127.0.0.1:5"]) { $1 }).github.token?
                .value == "T")
        #expect(try resolve(environment: ["GH_TOKEN": "T"]).github.token?.value == "T")
    }

    @Test func `takes organization and project along only to its own account's server`() throws {
        let environment = ["OPENAI_API_KEY": "G", "OPENAI_ORG_ID": "org", "OPENAI_PROJECT_ID": "proj"]
        let usual = try resolve(environment: environment).chat.endpoint
        #expect(usual?.organization == "org" && usual?.project == "proj")
        let local = try resolve(environment: environment.merging(["VOCERO_CHAT_URL": "http://localhost:1"]) { $1 }).chat
            .endpoint
        #expect(local?.organization == nil && local?.project == nil)
    }
}
