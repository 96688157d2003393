import Assistant
import Git
import Redaction
import Synchronization
import TestSupport
import Testing

@testable import Hooks

/// Answers every request from a closure, and keeps the requests.
private final class ModelDouble: ChatModel {
    let name = "double"
    private let kept = Mutex<[ChatRequest]>([])
    private let answer: @Sendable (ChatRequest) async throws(EngineError) -> String

    init(_ answer: @escaping @Sendable (ChatRequest) async throws(EngineError) -> String) { self.answer = answer }

    var requests: [ChatRequest] { kept.withLock { $0 } }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        kept.withLock { $0.append(request) }
        return ChatResponse(
            text: try await answer(request), usage: Usage(inputTokens: 10, outputTokens: 1), model: name)
    }
}

extension ChatRequest {
    fileprivate var text: String {
        messages.map { message in
            switch message {
            case .system(let text), .user(let text): text
            case .assistant, .tool: ""
            }
        }.joined(separator: "\n")
    }
}

struct `A draft of a commit message` {
    /// The repository's directory goes with the last who knows it.
    private struct Place {
        let test: TestRepository
        let repository: Repository
    }

    private static func drafting(
        _ repository: Repository, _ model: (any ChatModel)?, cache: TemporaryDirectory? = nil, tokens: Int = 12_000,
        deadline: Duration = .seconds(20)
    ) -> Drafting {
        Drafting(
            HookContext(
                repository: repository, repositoryName: "project", redactor: SecretRedactor(), model: model,
                journal: NullJournal(), tokensPerCall: tokens, deadline: HookDeadline(total: deadline)),
            cache: cache.map { DraftCache(directory: $0.path, context: "double") })
    }

    private static func repository(_ files: [String: String] = ["parser.swift": "let a = 1\n"]) async throws
        -> Place
    {
        let test = try await TestRepository.make()
        try await test.commit("readme", "x\n", message: "Describe the project")
        for (name, content) in files { try test.write(name, content) }
        try await test.git("add", "-A")
        return Place(test: test, repository: try await Repository.open(test.path))
    }

    @Test func `comes from the model, which sees the staged bytes and the repository's style`() async throws {
        let place = try await Self.repository()
        try place.test.write("parser.swift", "not staged\n")
        let model = ModelDouble { _ in "Add a parser" }
        let draft = try #require(try await Self.drafting(place.repository, model).draft(.staged))
        #expect(draft.text == "Add a parser")
        #expect(draft.origin == .model("double"))
        let shown = try #require(model.requests.first?.text)
        #expect(shown.contains("+let a = 1"))
        #expect(!shown.contains("not staged"))
        #expect(shown.contains("Describe the project"))
        #expect(model.requests.count == 1)
        #expect(model.requests[0].tools.isEmpty)
    }

    @Test func `is nothing when nothing is staged`() async throws {
        let place = try await Self.repository([:])
        #expect(try await Self.drafting(place.repository, nil).draft(.staged) == nil)
    }

    @Test func `comes from the statistics without a model, and says nothing of it on stderr`() async throws {
        let place = try await Self.repository()
        let draft = try #require(try await Self.drafting(place.repository, nil).draft(.staged))
        #expect(draft.text == "Add parser.swift")
        #expect(draft.origin == .digest(.noModel))
        #expect(draft.complaint == nil)
    }

    @Test(arguments: [
        (EngineError.Kind.unavailable, "away"), (.configuration, "away"), (.quota, "away"), (.malformed, "away"),
        (.timedOut, "did not answer within 20 s"),
    ])
    func `comes from the statistics when the model fails, and says why`(
        kind: EngineError.Kind, words: String
    ) async throws {
        let place = try await Self.repository()
        let model = ModelDouble { _ throws(EngineError) in throw EngineError(kind, "the server is away; try again.") }
        let draft = try #require(try await Self.drafting(place.repository, model).draft(.staged))
        #expect(draft.text == "Add parser.swift")
        #expect(draft.complaint?.contains(words) == true)
        #expect(draft.comments.first?.contains(words) == true)
    }

    @Test func `is had where libgit2 cannot read the index`() async throws {
        let place = try await Self.repository()
        try await place.test.git("update-index", "--split-index")
        let repository = try await Repository.open(place.test.path)
        let draft = try #require(
            try await Self.drafting(repository, ModelDouble { _ in "Add a parser" }).draft(.staged))
        #expect(draft.text == "Add a parser")
    }

    @Test func `repeats no secret that an endpoint said`() async throws {
        let place = try await Self.repository()
        let secret = "ghp_" + String(repeating: "aB3dE5gH7j", count: 4).prefix(36)
        let model = ModelDouble { _ throws(EngineError) in throw EngineError(.refused, "bad key \(secret)") }
        let draft = try #require(try await Self.drafting(place.repository, model).draft(.staged))
        #expect(draft.complaint?.contains("bad key") == true)
        #expect(!(draft.comments.joined() + (draft.complaint ?? "")).contains(secret))
    }

    @Test func `comes from the statistics when the model hangs`() async throws {
        let place = try await Self.repository()
        let model = ModelDouble { _ throws(EngineError) in
            try? await Task.sleep(for: .seconds(600))
            throw EngineError(.cancelled, "cancelled")
        }
        let drafting = Self.drafting(place.repository, model, deadline: .milliseconds(300))
        let draft = try #require(try await drafting.draft(.staged))
        #expect(draft.complaint?.contains("did not answer within 300 ms") == true)
    }

    @Test(arguments: [
        "", "   \n", "As an AI language model I cannot", "Add a\u{1b}[31m parser", "Update secrets/other.py",
    ])
    func `comes from the statistics when the model's is not usable`(answer: String) async throws {
        let place = try await Self.repository()
        let draft = try #require(try await Self.drafting(place.repository, ModelDouble { _ in answer }).draft(.staged))
        #expect(draft.text == "Add parser.swift")
        #expect(draft.complaint != nil)
    }

    @Test func `is paid for once for the same change`() async throws {
        let place = try await Self.repository()
        let cache = try TemporaryDirectory()
        let model = ModelDouble { _ in "Add a parser" }
        let drafting = Self.drafting(place.repository, model, cache: cache)
        _ = try await drafting.draft(.staged)
        let again = try #require(try await drafting.draft(.staged))
        #expect(again.origin == .cache(model: "double"))
        #expect(again.text == "Add a parser")
        #expect(model.requests.count == 1)
        try place.test.write("parser.swift", "let a = 2\n")
        try await place.test.git("add", "-A")
        _ = try await Self.drafting(try await Repository.open(place.test.path), model, cache: cache).draft(.staged)
        #expect(model.requests.count == 2)
    }

    @Test func `is not kept when it comes from the statistics`() async throws {
        let place = try await Self.repository()
        let cache = try TemporaryDirectory()
        let failing = ModelDouble { _ throws(EngineError) in throw EngineError(.unavailable, "away") }
        _ = try await Self.drafting(place.repository, failing, cache: cache).draft(.staged)
        let draft = try await Self.drafting(place.repository, ModelDouble { _ in "Add it" }, cache: cache).draft(
            .staged)
        #expect(draft?.text == "Add it")
    }

    @Test func `of a large change is made of summaries that one more call joins`() async throws {
        let files = Dictionary(
            uniqueKeysWithValues: (0..<6).map { file in
                ("file\(file).swift", (0..<60).map { "let value\(file)x\($0) = \($0)\n" }.joined())
            })
        let place = try await Self.repository(files)
        let model = ModelDouble { request in
            request.text.contains("colleague") ? "SUMMARY" : "Add six files"
        }
        let draft = try #require(try await Self.drafting(place.repository, model, tokens: 1_000).draft(.staged))
        #expect(draft.text == "Add six files")
        let joining = model.requests.filter { !$0.text.contains("colleague") }
        #expect(joining.count == 1)
        #expect(model.requests.count > 2)
        #expect(joining[0].text.contains("SUMMARY"))
        #expect(draft.answer?.usage.inputTokens == model.requests.count * 10)
    }

    @Test func `comes without a call when nothing but statistics may be shown`() async throws {
        let place = try await Self.repository(["yarn.lock": "x\n", ".env": "SECRET=1\n"])
        let model = ModelDouble { _ in "never" }
        let draft = try #require(try await Self.drafting(place.repository, model).draft(.staged))
        #expect(draft.origin == .digest(.onlyStatistics))
        #expect(model.requests.isEmpty)
    }

    @Test func `names what the model did not see`() async throws {
        let place = try await Self.repository(["a.swift": "x\n", "yarn.lock": "x\n", ".env": "SECRET=1\n"])
        let model = ModelDouble { _ in "Add it" }
        let draft = try #require(try await Self.drafting(place.repository, model).draft(.staged))
        #expect(draft.comments.last?.contains("yarn.lock (lock file)") == true)
        #expect(!(try #require(model.requests.first?.text)).contains("SECRET"))
    }

    @Test func `is shown with its secrets taken out, in the branch's name too`() async throws {
        let secret = "ghp_" + String(repeating: "aB3dE5gH7j", count: 4).prefix(36)
        let place = try await Self.repository(["conf.swift": "let token = \"\(secret)\"\n"])
        try await place.test.git("checkout", "-q", "-b", "topic/\(secret)")
        let model = ModelDouble { _ in "Add it" }
        _ = try await Self.drafting(place.repository, model).draft(.staged)
        #expect(model.requests.allSatisfy { !$0.text.contains(secret) })
    }
}
