import Assistant
import FoundationEssentials
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Memory

struct `The spool` {
    private let directory: TemporaryDirectory
    private var spool: String { directory.file("spool/turns") }

    init() throws { directory = try TemporaryDirectory() }

    private func files() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: spool)) ?? []).sorted()
    }

    private func child(of run: RunID) -> ChildRunOpening {
        ChildRunOpening(
            run: .make(), parent: run, parentCallID: "c0", agent: "github_admin", task: "list", model: "planner",
            limits: RunLimits(), startedAt: .now)
    }

    /// Runs a turn whose store goes away after the first call was announced.
    private func cutOffTurn(_ memory: MemoryFixture, _ journal: SpoolingJournal) async throws -> RunID {
        let opened = try await journal.begin(.example("what\0 changed?"))
        try await journal.record(step: .example(opened.run, 0))
        try await journal.record(call: .example(opened.run, .executing))
        try await memory.takeDown()
        let child = child(of: opened.run)
        try await journal.beginChild(child)
        try await journal.record(step: .example(child.run))
        try await journal.finish(.example(child.run, answer: nil))
        try await journal.record(call: .example(opened.run, .succeeded, output: "three\0commits"))
        try await journal.record(
            step: .example(
                opened.run, 1, messages: [.user("what changed?"), .tool(callID: "c0", content: "x")], calls: []))
        try await journal.finish(.example(opened.run, answer: "three commits"))
        #expect(journal.spooledRuns == [opened.run])
        return opened.run
    }

    @Test func `keeps the rest of a run when the server dies, and the next start restores all`() async throws {
        let memory = try await MemoryFixture.make()
        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool)
        let run = try await cutOffTurn(memory, journal)
        #expect(files() == ["\(run).run.jsonl"])
        #expect(SpoolDrain.isNeeded(directory: spool))

        // The server is not back yet: everything stays.
        let early = await #expect(throws: JournalError.self) {
            try await SpoolDrain(directory: spool, into: MemoryJournal(memory.store)).run()
        }
        #expect(early?.kind == .unavailable)
        #expect(files().count == 1)

        memory.isDown.set(false)
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(report == SpoolDrain.Report(restored: [run]))
        #expect(files().isEmpty)
        let stored = try await memory.store.show(run: run.description)
        #expect(stored.state == .done)
        #expect(stored.messages.map(\.content) == ["what\0 changed?", "three commits"])
        #expect(stored.steps.count == 2)
        #expect(stored.toolCalls.map(\.output) == ["three\0commits"])
        #expect(stored.children.map(\.state) == [.done])
    }

    @Test func `restores the same when a drain is cut off and run again`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await cutOffTurn(memory, SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool))
        memory.isDown.set(false)
        let path = "\(spool)/\(run).run.jsonl"
        let content = try Data(contentsOf: URL(filePath: path))
        for _ in 0..<3 {
            try content.write(to: URL(filePath: path))
            let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
            #expect(report.setAside.isEmpty)
        }
        let stored = try await memory.store.show(run: run.description)
        #expect(stored.messages.count == 2)
        #expect(stored.steps.count == 2)
        #expect(stored.toolCalls.count == 1)
    }

    @Test func `refuses effects that write while the store is away`() async throws {
        let memory = try await MemoryFixture.make()
        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool)
        let opened = try await journal.begin(.example())
        try await memory.takeDown()
        try await journal.record(step: .example(opened.run))
        for effect in EffectClass.allCases where !effect.isRead {
            let error = await #expect(throws: JournalError.self) {
                try await journal.record(call: .example(opened.run, .executing, effect: effect))
            }
            #expect(error?.kind == .unavailable)
        }
        try await journal.record(call: .example(opened.run, .executing, effect: .readLocal))
    }

    @Test func `keeps the outcome of a write that had begun`() async throws {
        let memory = try await MemoryFixture.make()
        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool)
        let opened = try await journal.begin(.example())
        try await journal.record(step: .example(opened.run))
        try await journal.record(call: .example(opened.run, .executing, effect: .writeLocal))
        try await memory.takeDown()
        try await journal.record(call: .example(opened.run, .succeeded, output: "written", effect: .writeLocal))
        try await journal.finish(.example(opened.run))
        memory.isDown.set(false)
        _ = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(try await memory.store.show(run: opened.run.description).toolCalls.map(\.output) == ["written"])
    }

    @Test func `takes no run from its start unless it is allowed to`() async throws {
        let memory = try await MemoryFixture.make()
        memory.isDown.set(true)
        let refused = await #expect(throws: JournalError.self) {
            try await SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool).begin(.example())
        }
        #expect(refused?.kind == .unavailable)
        #expect(files().isEmpty)

        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool, allowSpoolFromStart: true)
        await #expect(throws: JournalError.self) { try await journal.begin(.example(session: .latest)) }
        let opened = try await journal.begin(.example("from a hook", session: .new))
        #expect(try await journal.recall(for: opened, text: "x", tokenBudget: 100) == RecalledContext())
        try await journal.record(step: .example(opened.run))
        try await journal.finish(.example(opened.run, answer: "a summary"))
        memory.isDown.set(false)
        _ = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        let stored = try await memory.store.show(run: opened.run.description)
        #expect(stored.sessionKey == opened.sessionKey)
        #expect(stored.messages.map(\.content) == ["from a hook", "a summary"])
    }

    @Test func `never gives an empty memory for one that cannot be read`() async throws {
        let memory = try await MemoryFixture.make()
        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool)
        let opened = try await journal.begin(.example())
        try await memory.takeDown()
        let error = await #expect(throws: JournalError.self) {
            try await journal.recall(for: opened, text: "x", tokenBudget: 100)
        }
        #expect(error?.kind == .unavailable)
    }

    @Test(arguments: [
        "", "\n", "garbage\n", "{}\n", #"{"spool":2,"run":"x","owner":"o","fence":1}"# + "\n", "\u{0}\u{0}\u{0}\n",
        "HEADER\n{\"kind\":\"step\"}\n", "HEADER\n{\"kind\":\"begin\",\"rec", "HEADER\nnot json\n",
    ])
    func `moves a broken file aside and says so`(content: String) async throws {
        let memory = try await MemoryFixture.make()
        let run = RunID.make()
        let header = SpoolHeader(
            run: run, lease: RunLease(owner: "o", fence: 1), place: MemoryJournal(memory.store).place
        ).json.description
        let name = "\(run).run.jsonl"
        try directory.write("spool/turns/\(name)", content.replacing("HEADER", with: header))
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.store)).run()
        #expect(report.setAside.count == 1)
        #expect(report.setAside.first?.contains("\(name).broken") == true)
        #expect(files() == ["\(name).broken"])
        #expect(!SpoolDrain.isNeeded(directory: spool))
    }

    @Test func `restores what stands before a line that was cut off`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await cutOffTurn(memory, SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool))
        memory.isDown.set(false)
        let path = "\(spool)/\(run).run.jsonl"
        let content = try Data(contentsOf: URL(filePath: path))
        try content.dropLast(20).write(to: URL(filePath: path))
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(report.setAside.count == 1)
        let stored = try await memory.store.show(run: run.description)
        #expect(stored.state == .running)
        #expect(stored.steps.count == 2)
    }

    /// How a file of several lines may be torn.
    enum Tear: CaseIterable {
        case lastLineCut, newlineOnly, zerosBehind, garbageInTheMiddle, halfLineInTheMiddle, emptyLines, otherRecord

        func apply(to lines: [Data]) -> Data {
            var lines = lines
            switch self {
            case .lastLineCut: lines[lines.count - 1] = lines[lines.count - 1].dropLast(20)
            case .newlineOnly: break
            case .zerosBehind: lines.append(Data(repeating: 0, count: 512))
            case .garbageInTheMiddle: lines.insert(Data([0xff, 0x00, 0x7b]), at: 3)
            case .halfLineInTheMiddle: lines.insert(lines[2].prefix(lines[2].count / 2), at: 2)
            case .emptyLines: lines.insert(Data(), at: 2)
            case .otherRecord: lines.insert(Data(#"{"of":"a later program"}"#.utf8), at: 4)
            }
            return Data(lines.joined(separator: Data("\n".utf8)))
        }

        var losesEnd: Bool { self == .lastLineCut }
        var isWhole: Bool { self == .newlineOnly || self == .emptyLines }
    }

    @Test(arguments: Tear.allCases)
    func `loses nothing but a torn line`(tear: Tear) async throws {
        let memory = try await MemoryFixture.make()
        let run = try await cutOffTurn(memory, SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool))
        memory.isDown.set(false)
        let path = "\(spool)/\(run).run.jsonl"
        let lines = try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map { Data($0) }
        try tear.apply(to: lines).write(to: URL(filePath: path))
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(report.setAside.isEmpty == tear.isWhole, "\(report)")
        let stored = try await memory.store.show(run: run.description)
        #expect(stored.state == (tear.losesEnd ? .running : .done))
        #expect(stored.steps.count == 2 && stored.children.count == 1)
        #expect(files().count == (tear.isWhole ? 0 : 1))
        #expect(!SpoolDrain.isNeeded(directory: spool))
    }

    @Test func `loses only what a missing line carried`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await cutOffTurn(memory, SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool))
        memory.isDown.set(false)
        let path = "\(spool)/\(run).run.jsonl"
        let lines = try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n")
        // Without the child's opening the store refuses what belongs to it.
        let kept = lines.enumerated().filter { $0.offset != 1 }.map(\.element)
        try Data((kept.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(report.setAside.count == 1)
        let stored = try await memory.store.show(run: run.description)
        #expect(stored.state == .done)
        #expect(try await memory.store.history().last?.content == "three commits")
    }

    @Test func `says that a file is not to be read, and goes on with the others`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await cutOffTurn(memory, SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool))
        memory.isDown.set(false)
        // What the disk does not give: a directory opens and is not read.
        try FileManager.default.createDirectory(
            atPath: spool + "/00000000-0000-7000-8000-000000000000.run.jsonl", withIntermediateDirectories: false)
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(report.restored == [run])
        #expect(report.setAside.count == 1)
        #expect(report.setAside.first?.contains("could not be read") == true)
        #expect(try await memory.store.show(run: run.description).state == .done)
    }

    @Test func `moves a run aside that another process has taken over`() async throws {
        var options = MemoryStore.Options()
        options.leaseDuration = .zero
        let memory = try await MemoryFixture.make(options: options)
        let run = try await cutOffTurn(memory, SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool))
        memory.isDown.set(false)
        _ = try await memory.another().takeOver(run)
        let report = try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run()
        #expect(report.restored.isEmpty)
        #expect(report.setAside.count == 1)
    }

    @Test func `leaves a run alone that is still being written, and is drained once by many`() async throws {
        let memory = try await MemoryFixture.make()
        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: spool)
        let opened = try await journal.begin(.example())
        try await memory.takeDown()
        try await journal.record(step: .example(opened.run))
        memory.isDown.set(false)
        #expect(
            try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run() == SpoolDrain.Report())
        try await journal.finish(.example(opened.run))
        let spool = spool
        let restored = try await withThrowingTaskGroup(of: [RunID].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await SpoolDrain(directory: spool, into: MemoryJournal(memory.another())).run().restored
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(restored == [opened.run])
    }

    @Test func `keeps no secret`() async throws {
        let memory = try await MemoryFixture.make()
        let journal = SpoolingJournal(
            primary: MemoryJournal(memory.store), directory: spool,
            redact: { $0.replacing("hunter2", with: "[redacted]") })
        let opened = try await journal.begin(.example())
        try await memory.takeDown()
        try await journal.record(step: .example(opened.run, messages: [.user("hunter2")]))
        try await journal.finish(.example(opened.run, answer: "it is hunter2"))
        let content = try String(contentsOf: URL(filePath: "\(spool)/\(opened.run).run.jsonl"), encoding: .utf8)
        #expect(!content.contains("hunter2"))
    }

    @Test func `says when it cannot be written`() async throws {
        let memory = try await MemoryFixture.make()
        let blocked = try directory.write("file", "x")
        let journal = SpoolingJournal(primary: MemoryJournal(memory.store), directory: blocked + "/spool")
        let opened = try await journal.begin(.example())
        try await memory.takeDown()
        let error = await #expect(throws: JournalError.self) { try await journal.record(step: .example(opened.run)) }
        #expect(error?.kind == .unavailable)
        #expect(journal.spooledRuns.isEmpty)
    }

    @Test func `reads back every record as it was`() throws {
        let run = RunID.make()
        var call = ToolCallRecord.example(run, .succeeded, output: "a\0b", arguments: "{")
        call.wholeOutput = "whole"
        call.intent = .null
        call.undo = ["x": [1, nil, 2.5]]
        call.effect = nil
        var step = StepRecord.example(
            run,
            messages: [
                .system("s"), .user("u"), .assistant(text: nil, calls: [ToolCall(id: "1", name: "n", arguments: "{")]),
                .tool(callID: "1", content: "é\u{0}"),
            ])
        step.request.maxOutputTokens = 7
        let date = Date(timeIntervalSince1970: 1_790_000_000.123456)
        step.startedAt = date
        step.endedAt = date
        call.at = date
        var child = child(of: run)
        child.startedAt = date
        let records: [JournalRecord] = [
            .begin(.example("text", run: run, session: .key("k"), at: date)),
            .begin(.example("text", run: run, session: .latest, repository: nil, at: date)), .child(child),
            .step(step), .call(call), .finish(.example(run, answer: nil, state: .limited, at: date)),
        ]
        for record in records {
            let read = try JournalRecord(json: JSON(parsing: record.json.description))
            #expect(read?.json == record.json)
            #expect(read?.run == record.run)
        }
    }
}
