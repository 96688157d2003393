import Assistant
import FoundationEssentials
import Store
import Testing

@testable import Memory

struct `What is read back` {
    private static let start = Date(timeIntervalSince1970: 1_790_000_000)

    @Test func `is the history, the newest last, by repository, session, time and number`() async throws {
        let memory = try await MemoryFixture.make()
        for number in 0..<6 {
            try await memory.turn(
                "q\(number)", "a\(number)", session: .key(number < 3 ? "one" : "two"),
                repository: number % 2 == 0 ? "acme/even" : "acme/odd",
                at: Self.start.addingTimeInterval(Double(number)))
        }
        func contents(_ filter: HistoryFilter) async throws -> [String] {
            try await memory.store.history(filter).map(\.content)
        }
        #expect(try await contents(HistoryFilter(limit: 3)) == ["a4", "q5", "a5"])
        #expect(try await contents(HistoryFilter(session: "one")) == ["q0", "a0", "q1", "a1", "q2", "a2"])
        #expect(try await contents(HistoryFilter(repository: "acme/odd", session: "two")) == ["q3", "a3", "q5", "a5"])
        #expect(try await contents(HistoryFilter(since: Self.start + 5)) == ["q5", "a5"])
        let error = await #expect(throws: StoreError.self) { try await contents(HistoryFilter(session: "none")) }
        #expect(error?.kind == .notFound)
        let sessions = try await memory.store.sessions()
        #expect(sessions.map(\.key) == ["two", "one"])
        #expect(sessions.map(\.turns) == [3, 3])
        #expect(sessions.map(\.messages) == [6, 6])
        #expect(sessions.map(\.title) == ["q3", "q0"])
    }

    @Test func `is a run by the beginning of its id`() async throws {
        let memory = try await MemoryFixture.make()
        let first = try await memory.turn("one", "x", at: Self.start)
        let second = try await memory.turn("two", "x", at: Self.start)
        for length in [8, 20, 36] where first.run.description.prefix(length) != second.run.description.prefix(length) {
            let found = try await memory.store.show(run: String(first.run.description.prefix(length)))
            #expect(found.id == first.run)
        }
        let whole = first.run.description.uppercased().filter { $0 != "-" }
        #expect(try await memory.store.show(run: whole).id == first.run)
        let error = await #expect(throws: StoreError.self) {
            try await memory.store.show(run: String(first.run.description.prefix(1)))
        }
        #expect(error?.kind == .notFound)
        #expect(error?.message.contains(first.run.description) == true)
        #expect(error?.message.contains(second.run.description) == true)
    }

    @Test(arguments: ["", "zz", "ffffffff", "-", "0123456789abcdef0123456789abcdef0", "' OR 1=1", "é"])
    func `is no run for what is not one`(prefix: String) async throws {
        let memory = try await MemoryFixture.make()
        try await memory.turn("one", "x")
        let error = await #expect(throws: StoreError.self) { try await memory.store.show(run: prefix) }
        #expect(error?.kind == .notFound)
    }

    @Test func `is nobody else's`() async throws {
        let memory = try await MemoryFixture.make()
        let other = try await MemoryFixture.make()
        let run = try await memory.turn("private", "x")
        #expect(try await other.store.history().isEmpty)
        #expect(try await other.store.sessions().isEmpty)
        await #expect(throws: StoreError.self) { try await other.store.show(run: run.run.description) }
        await #expect(throws: StoreError.self) { try await other.store.takeOver(run.run) }
    }
}

struct `Session titles` {
    @Test(arguments: [
        ("one\ntwo", "one"), ("\n\n  spaced   out \n", "spaced out"), ("", ""), ("\u{fffd}", "\u{fffd}"),
        (String(repeating: "a", count: 200), String(repeating: "a", count: 79) + "…"),
    ])
    func `are the first line, not too long`(text: String, title: String) {
        #expect(SessionTitle.of(text) == title)
    }
}
