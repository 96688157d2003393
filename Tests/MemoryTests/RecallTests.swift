import Assistant
import FoundationEssentials
import Postgres
import Retrieval
import Testing

@testable import Memory

struct `Recall` {
    private static let start = Date(timeIntervalSince1970: 1_790_000_000)

    private static func recall(
        _ memory: MemoryFixture, _ text: String, session: SessionSelection = .new, repository: String? = "acme/app",
        tokens: Int = 4_000
    ) async throws -> RecalledContext {
        let run = try await memory.store.begin(.example(text, session: session, repository: repository))
        return try await memory.store.recall(for: run, text: text, tokenBudget: tokens)
    }

    @Test func `gives the last five whole turns of the session, oldest first`() async throws {
        let memory = try await MemoryFixture.make()
        for number in 0..<8 {
            try await memory.turn("q\(number)", "a\(number)", at: Self.start.addingTimeInterval(Double(number)))
        }
        let unanswered = try await memory.store.begin(.example("never answered"))
        try await memory.store.finish(.example(unanswered.run, answer: nil, state: .failed))
        let context = try await Self.recall(memory, "and now?", session: .key("main"))
        #expect(context.turns.map(\.content) == ["q3", "a3", "q4", "a4", "q5", "a5", "q6", "a6", "q7", "a7"])
        #expect(context.turns.map(\.role) == Array(repeating: [.user, .assistant], count: 5).flatMap(\.self))
    }

    @Test func `finds by an OR of a question's words, in Spanish too`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await memory.turn(
            "¿Cómo funciona la autenticación con tokens?", "La autenticación comprueba el token en sesión.")
        try await memory.turn("show the release notes", "There are none.")
        let context = try await Self.recall(memory, "¿Qué te pregunté sobre la autenticacion y los tokens de ayer?")
        #expect(context.hits.map(\.run) == [run.run, run.run])
        #expect(context.hits.map(\.role) == [.user, .assistant])
    }

    @Test func `finds by a part of an identifier`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await memory.turn("why does parseHTTPResponse fail?", "It reads past the end.")
        let context = try await Self.recall(memory, "the http response thing")
        #expect(context.hits.first?.run == run.run)
    }

    @Test func `finds the same by meaning as comparing every vector does`() async throws {
        let embedder = WordEmbedder()
        let memory = try await MemoryFixture.make(embedder: embedder)
        let topics = ["parser", "network", "database", "speech", "policy", "cache", "git", "hooks"]
        var runs: [(run: RunID, text: String)] = []
        for number in 0..<24 {
            let text = "\(topics[number % 8]) \(topics[(number / 3 + 1) % 8]) note\(number)"
            let opened = try await memory.turn(
                text, "answer \(topics[(number + 5) % 8]) \(number)", session: .key("old"),
                at: Self.start.addingTimeInterval(Double(number)), embedder: embedder)
            runs.append((opened.run, text))
        }
        let question = "parser database notes"
        let found = try await memory.store.question(question, in: .repository("acme/app"))
        let vector = try #require(found.vector)
        let statement = CandidateStatement.make(vector, nil, user: memory.user, in: .repository("acme/app"))
        let near = try Candidate.all(try await memory.store.run([statement], while: "tested")[0])
        let truth = try await memory.sql(
            "SELECT id, embedding FROM messages WHERE user_id = $1", [.text(memory.user)]
        ).map { row -> (UUID, Float) in
            guard case .uuid(let id) = row[0], case .vector(let numbers) = row[1] else { throw CancellationError() }
            return (id, zip(numbers, vector.vector).reduce(0) { $0 + $1.0 * $1.1 })
        }.sorted { $0.1 > $1.1 }
        #expect(near.count == truth.count)
        for (found, exact) in zip(near, truth) { #expect(abs(Float(found.evidence.similarity ?? 0) - exact.1) < 1e-4) }
        #expect(near.first?.message == truth.first?.0)
    }

    @Test func `never compares vectors of two models`() async throws {
        let old = WordEmbedder(model: "old")
        let new = WordEmbedder(model: "new", dimensions: 512)
        let memory = try await MemoryFixture.make(embedder: new)
        try await memory.turn("alpha beta", "gamma", session: .key("old"), embedder: old)
        let recent = try await memory.turn("alpha delta", "epsilon", session: .key("old"), embedder: new)
        let question = try await memory.store.question("alpha", in: .repository("acme/app"))
        let vector = try #require(question.vector)
        for scope in [SearchScope.repository("acme/app"), .everything] {
            let statement = CandidateStatement.make(vector, nil, user: memory.user, in: scope)
            let near = try Candidate.all(try await memory.store.run([statement], while: "tested")[0])
            #expect(Set(near.map(\.run)) == [recent.run.uuid])
        }
    }

    @Test func `leaves out unrelated history, other repositories and other people`() async throws {
        let embedder = WordEmbedder()
        let memory = try await MemoryFixture.make(embedder: embedder)
        let other = try await MemoryFixture.make(embedder: embedder)
        try await memory.turn("rotate the certificates", "done", session: .key("a"), embedder: embedder)
        try await memory.turn("parser tests", "ok", session: .key("b"), repository: "acme/else", embedder: embedder)
        try await other.turn("parser tests", "ok", session: .key("c"), embedder: embedder)
        let context = try await Self.recall(memory, "parser tests please")
        #expect(context == RecalledContext())
    }

    @Test func `does not repeat the session's own turns or the same question`() async throws {
        let memory = try await MemoryFixture.make()
        try await memory.turn("parser tests", "old", session: .key("a"), at: Self.start)
        let later = try await memory.turn("parser tests", "new", session: .key("b"), at: Self.start + 10)
        let context = try await Self.recall(memory, "how are the parser tests")
        #expect(context.hits.map(\.content) == ["parser tests", "new"])
        #expect(Set(context.hits.map(\.run)) == [later.run])
        let own = try await Self.recall(memory, "how are the parser tests", session: .key("b"))
        #expect(own.turns.map(\.content) == ["parser tests", "new"])
        #expect(own.hits.isEmpty)
    }

    @Test(arguments: [nil, EngineError(.unavailable, "The embedding server is down.")])
    func `goes on by words when the embedding endpoint fails or is slow`(error: EngineError?) async throws {
        let notices = Notices()
        var options = MemoryStore.Options()
        options.questionDeadline = .milliseconds(20)
        let memory = try await MemoryFixture.make(
            embedder: FailingEmbedder(error: error), options: options, notice: { notices.add($0) })
        try await memory.turn("parser tests", "fine", session: .key("a"))
        let context = try await Self.recall(memory, "are the parser tests fine")
        #expect(context.hits.count == 2)
        #expect(notices.all.count == 1)
    }

    @Test func `keeps within the budget with whole turns only`() async throws {
        let memory = try await MemoryFixture.make()
        for number in 0..<5 {
            try await memory.turn(
                "q\(number)", String(repeating: "word ", count: 30), at: Self.start.addingTimeInterval(Double(number)))
        }
        let context = try await Self.recall(memory, "and now?", session: .key("main"), tokens: 170)
        #expect(context.turns.count == 4)
        #expect(context.turns.first?.content == "q3")
        let none = try await Self.recall(memory, "and now?", session: .key("main"), tokens: 10)
        #expect(none == RecalledContext())
    }

    @Test(arguments: ["", "   ", "\0", "'; DROP TABLE messages; --", "a & | ! ( :*", "\u{202e}x", "¿¡", "the of and"])
    func `takes any text as a question`(text: String) async throws {
        let memory = try await MemoryFixture.make(embedder: WordEmbedder())
        try await memory.turn("parser", "fine", session: .key("a"))
        _ = try await Self.recall(memory, text)
        _ = try await memory.store.search(text)
    }
}

struct `The budget of recall` {
    private static func turn(_ text: String) -> [RecalledMessage] {
        [RecalledMessage(run: .make(), role: .user, content: text, createdAt: .now)]
    }

    private static let long = String(repeating: "x", count: 264)  // 88 tokens and 12 of framing

    @Test func `leaves room for hits`() {
        let turns = (0..<5).map { _ in Self.turn(Self.long) }
        let hits = [Self.turn(Self.long)]
        let picked = RecallBudget(tokens: 400).pick(turns: turns, hits: hits)
        #expect(picked.turns.count == 3)
        #expect(picked.hits.count == 1)
        #expect(RecallBudget(tokens: 400).pick(turns: turns, hits: []).turns.count == 4)
    }

    @Test func `keeps the latest turn even when it takes nearly all`() {
        let picked = RecallBudget(tokens: 100).pick(
            turns: [Self.turn("a"), Self.turn(Self.long)], hits: [Self.turn("b")])
        #expect(picked.turns.map(\.content) == [Self.long])
        #expect(picked.hits.isEmpty)
    }

    @Test func `passes over a hit that is too long`() {
        let picked = RecallBudget(tokens: 60).pick(turns: [], hits: [Self.turn(Self.long), Self.turn("short")])
        #expect(picked.hits.map(\.content) == ["short"])
    }
}
