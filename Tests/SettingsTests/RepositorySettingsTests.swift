import Testing

@testable import Settings

struct `A repository's git configuration` {
    /// What DESIGN section 6 lets a repository say of itself.
    private static let style: Set<String> = [
        "hooks", "hook.deadline", "hook.tokens", "hook.template", "hook.disagreement", "language", "commit.format",
        "paths.exclude", "vocabulary", "chat.model", "limits.steps", "limits.toolcalls", "limits.tokens", "limits.cost",
        "limits.seconds",
    ]

    @Test(arguments: SettingKey.all.map(\.name))
    func `sets style and manners, and nothing else, before it is trusted`(name: String) throws {
        let value =
            name.hasSuffix("url")
            ? "https://evil.example/v1" : name.contains("directory") || name == "home" ? "/x" : "7"
        let clean = try resolve()
        guard !Self.style.contains(name) else { return }
        let settings = try resolve(repository: "vocero.\(name)=\(value)")
        #expect(settings.all == clean.all)
        #expect(settings.notices.count == 1 && settings.notices[0].contains("ignored"))
    }

    @Test(arguments: SettingKey.all.map(\.name).filter { !style.contains($0) })
    func `says where engines are once it is trusted, and nothing more`(name: String) throws {
        let isEngine =
            ["chat", "speech", "embeddings", "openai"].contains(String(name.prefix { $0 != "." }))
            && ["url", "key", "model"].contains { name.hasSuffix("." + $0) }
        let value = name.hasSuffix("url") && name != "database.url" ? "https://own.example/v1" : "/x"
        let settings = try resolve(repository: "vocero.\(name)=\(value)", trustsRepository: true)
        #expect((settings.notices.count == 0) == isEngine)
    }

    @Test(arguments: [
        ("limits.steps=5", "", 5), ("limits.steps=500", "", 20), ("limits.steps=500", "limits.steps=100", 100),
        ("limits.steps=50", "limits.steps=100", 50), ("limits.steps=1000", "limits.steps=7", 7),
    ])
    func `lowers limits and raises none`(repository: String, user: String, steps: Int) throws {
        #expect(try resolve(repository: "vocero." + repository, user: user).limits.steps == steps)
    }

    @Test func `lowers what a run may cost and how long it may take`() throws {
        let settings = try resolve(repository: "vocero.limits.cost=0.5\nvocero.limits.seconds=2h")
        #expect(settings.limits.cost == 0.5 && settings.limits.duration == .seconds(600))
        #expect(try resolve(repository: "vocero.limits.cost=5", user: "limits.cost=0.25").limits.cost == 0.25)
    }

    @Test(arguments: [
        (["HOME": "/h"], "/h/.config/vocero/trusted"), (["HOME": "/h", "XDG_CONFIG_HOME": "/x"], "/x/vocero/trusted"),
        (["HOME": "/h", "VOCERO_CONFIG": "/tmp/clone/config"], "/h/.config/vocero/trusted"), ([:], nil),
    ])
    func `is allowed in a file of the user's`(environment: [String: String], file: String?) {
        #expect(Settings.trustFile(environment: environment) == file)
    }
}
