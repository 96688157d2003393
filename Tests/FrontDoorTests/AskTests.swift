import Application
import Assistant
import Settings
import TestSupport
import Testing

/// What any front door may do, with neither a command line nor a terminal.
struct `A question behind another front door` {
    private static func context(_ repository: TestRepository, home: String, url: String?) async throws -> Context {
        var settings = ["home": home, "database.url": try await TestDatabase.make().connectionString]
        if let url {
            settings["chat.url"] = url
            settings["chat.model"] = "gpt-4.1-mini"
        }
        return try await Context.make(
            directory: repository.path, reporter: SilentReporter(),
            flags: settings.map { SettingEntry(key: "vocero." + $0.key, value: $0.value, source: .flag("test")) })
    }

    @Test func `is answered by the configured model and remembered`() async throws {
        let repository = try await TestRepository.make()
        try await repository.commit("readme", "x\n", message: "Describe the project")
        let home = try TemporaryDirectory()
        let server = try LoopbackOpenAI()
        server.answer(ChatAnswer("It is called readme."))
        let context = try await Self.context(repository, home: home.path, url: server.baseURL)
        let outcome = try await AskRunner(context: context).run(AskQuestion(text: "What is the file called?"))
        #expect(outcome.answer.text == "It is called readme." && outcome.answer.failure == nil)
        #expect(outcome.kept == .stored)
        let messages = try await context.withStore { try await $0.history(limit: 10) }
        #expect(messages.map(\.content) == ["What is the file called?", "It is called readme."])
        let run = try await context.withStore { try await $0.show(run: outcome.answer.run.description) }
        #expect(run.model == "gpt-4.1-mini" && run.state == .done)
    }

    @Test func `is answered from the repository without a model`() async throws {
        let repository = try await TestRepository.make()
        try await repository.commit("readme", "x\n", message: "Describe the project")
        let home = try TemporaryDirectory()
        let context = try await Self.context(repository, home: home.path, url: nil)
        let outcome = try await AskRunner(context: context).run(AskQuestion(text: "summarize the last commit"))
        #expect(outcome.answer.text?.contains("Describe the project") == true)
        #expect(outcome.answer.tools.map(\.tool) == ["git_log", "github_admin"])
    }

    @Test func `that says nothing is a failure with its kind`() async throws {
        let repository = try await TestRepository.make()
        let home = try TemporaryDirectory()
        let context = try await Self.context(repository, home: home.path, url: nil)
        let failure = await #expect(throws: Failure.self) {
            try await AskRunner(context: context).run(AskQuestion(text: " "))
        }
        #expect(failure?.kind == .usage)
    }
}
