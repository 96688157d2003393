import Application
import Foundation
import HookInstall
import Hooks
import Settings
import TestSupport
import Testing

/// What any front door may do, with neither a command line nor a terminal.
struct `A hook behind another front door` {
    private static func spooled(_ home: String) -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: home + "/spool")) ?? []).count
    }

    private static func context(_ repository: TestRepository, home: String, url: String?) async throws -> Context {
        var settings = ["home": home]
        if let url {
            settings["chat.url"] = url
            settings["chat.model"] = "gpt-4.1-mini"
        }
        return try await Context.make(
            directory: repository.path, reporter: SilentReporter(),
            flags: settings.map { SettingEntry(key: "vocero." + $0.key, value: $0.value, source: .flag("test")) })
    }

    private static func staged() async throws -> TestRepository {
        let repository = try await TestRepository.make()
        try await repository.commit("readme", "x\n", message: "Describe the project")
        try repository.write("parser.swift", "let a = 1\n")
        try await repository.git("add", "-A")
        return repository
    }

    @Test func `drafts the message of what is staged, and keeps the turn for the store`() async throws {
        let repository = try await Self.staged()
        let home = try TemporaryDirectory()
        let server = try LoopbackOpenAI()
        server.answer(ChatAnswer("Add a parser"))
        let context = try await Self.context(repository, home: home.path, url: server.baseURL)
        guard case .draft(let draft) = try await HookRunner(context).run(HookCall(.prepareCommitMessage)) else {
            Issue.record("there is no draft")
            return
        }
        #expect(draft.text == "Add a parser")
        #expect(draft.origin == .model("gpt-4.1-mini"))
        #expect(server.bodies("/chat/completions").count == 1)
        #expect(Self.spooled(home.path) == 1)
    }

    @Test func `is told the digest as a value where no model is configured`() async throws {
        let repository = try await Self.staged()
        let home = try TemporaryDirectory()
        let context = try await Self.context(repository, home: home.path, url: nil)
        guard case .draft(let draft) = try await HookRunner(context).run(HookCall(.prepareCommitMessage)) else {
            Issue.record("there is no draft")
            return
        }
        #expect(draft.text == "Add parser.swift")
        #expect(draft.origin == .digest(.noModel))
        #expect(Self.spooled(home.path) == 0)
    }

    @Test func `sees what would be sent, and nothing is sent`() async throws {
        let repository = try await Self.staged()
        let home = try TemporaryDirectory()
        let server = try LoopbackOpenAI()
        let context = try await Self.context(repository, home: home.path, url: server.baseURL)
        let call = HookCall(.prepareCommitMessage, showsPayload: true)
        guard case .payload(let payload) = try await HookRunner(context).run(call) else {
            Issue.record("there is no payload")
            return
        }
        #expect(payload.hasEndpoint)
        #expect(payload.requests.count == 1)
        #expect(payload.requests.first?.contains("+let a = 1") == true)
        #expect(server.requests.isEmpty)
    }

    @Test func `is told a failure with its kind`() async throws {
        let repository = try await TestRepository.make()
        let home = try TemporaryDirectory()
        let context = try await Self.context(repository, home: home.path, url: nil)
        let failure = await #expect(throws: Failure.self) {
            try await HookRunner(context).run(HookCall(.prepareCommitMessage))
        }
        #expect(failure?.kind == .badInput)
        #expect(throws: Failure.self) { try HookRunner(context).lastDigest() }
    }
}
