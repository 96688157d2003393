import Assistant
import FoundationEssentials
import JSON
import Postgres
import Store
import Testing

@testable import Memory

struct `The journal` {
    @Test func `keeps a whole run`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example("what changed?\nsince monday"))
        try await memory.store.record(step: .example(opened.run))
        try await memory.store.record(call: .example(opened.run, .executing))
        try await memory.store.record(call: .example(opened.run, .succeeded, output: "three commits"))
        try await memory.store.finish(.example(opened.run, answer: "three commits"))

        let run = try await memory.store.show(run: opened.run.description)
        #expect(run.state == .done)
        #expect(run.messages.map(\.content) == ["what changed?\nsince monday", "three commits"])
        #expect(run.usage == Usage(inputTokens: 10, cachedInputTokens: 4, outputTokens: 5))
        #expect(run.costInUSD == 0.25)
        #expect(run.steps.map(\.response.requestID) == ["req_1"])
        #expect(run.toolCalls.map(\.state) == [.succeeded])
        #expect(run.toolCalls.first?.intent == ["n": 3])
        #expect(run.toolCalls.first?.output == "three commits")
        #expect(try await memory.store.sessions().map(\.title) == ["what changed?"])
    }

    @Test func `finds or makes the session that is asked for`() async throws {
        let memory = try await MemoryFixture.make()
        let start = Date.now
        let first = try await memory.store.begin(.example(session: .new, at: start))
        let second = try await memory.store.begin(.example(session: .new, at: start.addingTimeInterval(1)))
        let elsewhere = try await memory.store.begin(
            .example(session: .new, repository: "acme/other", at: start.addingTimeInterval(2)))
        #expect(Set([first, second, elsewhere].map(\.sessionKey)).count == 3)

        let latest = try await memory.store.begin(.example(session: .latest, at: start.addingTimeInterval(3)))
        #expect(latest.sessionID == second.sessionID)
        let again = try await memory.store.begin(
            .example(session: .key(first.sessionKey), at: start.addingTimeInterval(4)))
        #expect(again.sessionID == first.sessionID)
        let latestNow = try await memory.store.begin(.example(session: .latest, at: start.addingTimeInterval(5)))
        #expect(latestNow.sessionID == first.sessionID)
        let fresh = try await memory.store.begin(.example(session: .latest, repository: nil))
        #expect(try await memory.store.begin(.example(session: .latest, repository: nil)).sessionID == fresh.sessionID)
    }

    @Test func `opens twenty runs at once in one session`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await withThrowingTaskGroup(of: OpenedRun.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let store = number < 4 ? memory.another() : memory.store
                    return try await store.begin(.example("question \(number)", session: .key("shared")))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(opened.map(\.sessionID)).count == 1)
        #expect(try await memory.store.history().count == 20)
    }

    @Test func `changes nothing when a record is applied twice`() async throws {
        let memory = try await MemoryFixture.make()
        let opening = RunOpening.example(session: .new)
        let step = StepRecord.example(opening.run)
        let outcome = ToolCallRecord.example(opening.run, .succeeded, output: "x")
        let opened = try await memory.store.begin(opening)
        #expect(try await memory.store.begin(opening) == opened)
        for _ in 0..<2 { try await memory.store.record(step: step) }
        for _ in 0..<2 { try await memory.store.record(call: .example(opening.run, .executing)) }
        for _ in 0..<2 { try await memory.store.record(call: outcome) }
        let closing = RunClosing.example(opening.run)
        try await memory.store.finish(closing)
        try await memory.store.replay(
            [.begin(opening), .step(step), .call(.example(opening.run, .executing)), .call(outcome), .finish(closing)],
            of: opening.run, lease: RunLease(owner: memory.store.owner, fence: 1))
        let run = try await memory.store.show(run: opening.run.description)
        #expect(run.messages.count == 2)
        #expect(run.steps.count == 1)
        #expect(run.toolCalls.map(\.state) == [.succeeded])
        #expect(try await memory.store.sessions().count == 1)
    }

    @Test(arguments: [ToolCallState.executing, .failed, .unknown, .parked, .denied])
    func `takes one outcome a call`(later: ToolCallState) async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        try await memory.store.record(step: .example(opened.run))
        try await memory.store.record(call: .example(opened.run, .executing))
        try await memory.store.record(call: .example(opened.run, .succeeded, output: "done"))
        await #expect(throws: StoreError.self) {
            try await memory.store.record(call: .example(opened.run, later, output: "other"))
        }
        let run = try await memory.store.show(run: opened.run.description)
        #expect(run.toolCalls.map(\.output) == ["done"])
    }

    @Test(arguments: ToolCallState.allCases)
    func `takes a parked call up in any other state`(later: ToolCallState) async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        try await memory.store.record(step: .example(opened.run))
        try await memory.store.record(call: .example(opened.run, .parked, output: "waits"))
        try await memory.store.record(call: .example(opened.run, later, output: "x"))
        #expect(try await memory.store.show(run: opened.run.description).toolCalls.map(\.state) == [later])
    }

    @Test func `refuses a call whose response is not stored`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        await #expect(throws: StoreError.self) {
            try await memory.store.record(call: .example(opened.run, .executing))
        }
    }

    @Test func `lets only the owner of a run write to it`() async throws {
        var options = MemoryStore.Options()
        options.leaseDuration = .zero
        let memory = try await MemoryFixture.make(options: options)
        let opened = try await memory.store.begin(.example())
        try await memory.store.record(step: .example(opened.run))
        let other = memory.another()
        #expect(try await other.takeOver(opened.run).fence == 2)
        let denied: [@Sendable () async throws -> Void] = [
            { try await memory.store.record(step: .example(opened.run, 1)) },
            { try await memory.store.record(call: .example(opened.run, .executing)) },
            { try await memory.store.finish(.example(opened.run)) },
        ]
        for attempt in denied {
            let error = await #expect(throws: StoreError.self) { try await attempt() }
            #expect(error?.kind == .fenced)
        }
        try await other.record(call: .example(opened.run, .executing))
        try await other.record(call: .example(opened.run, .succeeded, output: "x"))
        try await other.finish(.example(opened.run))
        #expect(try await memory.store.show(run: opened.run.description).state == .done)
    }

    @Test func `gives a run away only when its owner is gone`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        let error = await #expect(throws: StoreError.self) { try await memory.another().takeOver(opened.run) }
        #expect(error?.kind == .fenced)
        let unknown = await #expect(throws: StoreError.self) { try await memory.another().takeOver(.make()) }
        #expect(unknown?.kind == .notFound)
    }

    @Test func `keeps what PostgreSQL's text refuses`() async throws {
        let memory = try await MemoryFixture.make()
        let nasty = "before\0after \u{fffd} \u{1}"
        let opened = try await memory.store.begin(.example(nasty))
        var step = StepRecord.example(opened.run, messages: [.system("s\0"), .user(nasty)])
        step.response.text = nasty
        try await memory.store.record(step: step)
        try await memory.store.record(call: .example(opened.run, .executing, arguments: "{\"a\":\"\0"))
        var outcome = ToolCallRecord.example(opened.run, .failed, output: nasty, arguments: "{\"a\":\"\0")
        outcome.wholeOutput = nasty + nasty
        outcome.undo = ["old": .string(nasty)]
        try await memory.store.record(call: outcome)
        try await memory.store.finish(.example(opened.run, answer: nasty))

        let run = try await memory.store.show(run: opened.run.description)
        #expect(run.messages.map(\.content) == [nasty, nasty])
        #expect(run.steps.first?.response.text == nasty)
        #expect(run.toolCalls.first?.output == nasty)
        #expect(run.toolCalls.first?.call.arguments == "{\"a\":\"\0")
        #expect(run.toolCalls.first?.undo == ["old": .string(nasty)])
        #expect(try await memory.store.artifact(run: opened.run, step: 0, index: 0) == nasty + nasty)
    }

    @Test func `redacts every text before it is stored`() async throws {
        let memory = try await MemoryFixture.make(redact: { $0.replacing("hunter2", with: "[redacted]") })
        let opened = try await memory.store.begin(.example("the password is hunter2"))
        var step = StepRecord.example(
            opened.run, messages: [.user("hunter2")],
            calls: [ToolCall(id: "c0", name: "git_log", arguments: #"{"x":"hunter2"}"#)])
        step.response.text = "hunter2"
        try await memory.store.record(step: step)
        var call = ToolCallRecord.example(opened.run, .succeeded, output: "hunter2", arguments: "hunter2")
        call.intent = ["a": ["hunter2"]]
        call.undo = ["a": "hunter2"]
        call.wholeOutput = "hunter2"
        try await memory.store.record(call: call)
        try await memory.store.finish(.example(opened.run, answer: "hunter2"))
        let tables = ["runs", "steps", "tool_calls", "artifacts", "messages", "chat_sessions"]
        for table in tables {
            let key = table == "messages" || table == "runs" || table == "chat_sessions" ? "user_id = $1" : "$1 <> ''"
            let rows = try await memory.sql(
                "SELECT 1 AS found FROM \(table) t WHERE \(key) AND t::text LIKE '%hunter2%'", [.text(memory.user)])
            #expect(rows.isEmpty, "\(table)")
        }
    }

    @Test func `stores a delegate's run below its parent's`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        try await memory.store.record(step: .example(opened.run))
        try await memory.store.record(call: .example(opened.run, .executing))
        let child = ChildRunOpening(
            run: .make(), parent: opened.run, parentCallID: "c0", agent: "github_admin", task: "list the commits",
            model: "planner", limits: RunLimits(), startedAt: .now)
        try await memory.store.beginChild(child)
        try await memory.store.record(step: .example(child.run))
        try await memory.store.finish(.example(child.run, answer: nil))
        try await memory.store.record(call: .example(opened.run, .succeeded, output: "x"))
        try await memory.store.finish(.example(opened.run))
        let run = try await memory.store.show(run: opened.run.description)
        #expect(run.children.map(\.task) == ["list the commits"])
        #expect(run.children.first?.steps.count == 1)
        #expect(run.children.first?.state == .done)
        #expect(try await memory.store.show(run: child.run.description).parent == opened.run)
    }

    @Test func `leaves no delegate running whose end was not stored`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        try await memory.store.record(step: .example(opened.run))
        let child = ChildRunOpening(
            run: .make(), parent: opened.run, parentCallID: "c0", agent: "github_admin", task: "list the commits",
            model: "planner", limits: RunLimits(), startedAt: .now)
        try await memory.store.beginChild(child)
        try await memory.store.finish(.example(opened.run))
        let found = try await memory.store.show(run: child.run.description)
        #expect(found.state == .interrupted && found.reason?.contains("not stored") == true)
    }

    @Test func `refuses a run that this process did not begin`() async throws {
        let memory = try await MemoryFixture.make()
        let error = await #expect(throws: StoreError.self) {
            try await memory.store.finish(.example(.make()))
        }
        #expect(error?.kind == .notFound)
    }

    @Test func `goes on after the server has ended an idle connection`() async throws {
        let memory = try await MemoryFixture.make()
        let opened = try await memory.store.begin(.example())
        try await memory.takeDown()
        memory.isDown.set(false)
        try await memory.store.record(step: .example(opened.run))
        try await memory.store.finish(.example(opened.run))
        #expect(try await memory.store.show(run: opened.run.description).state == .done)
    }

    @Test func `says that the store is away`() async throws {
        let memory = try await MemoryFixture.make()
        _ = try await memory.store.begin(.example())
        try await memory.takeDown()
        let error = await #expect(throws: StoreError.self) { try await memory.store.begin(.example()) }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("postgres") == false)
    }
}
