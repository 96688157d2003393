import Assistant
import FoundationEssentials
import TestSupport
import Testing

@testable import Memory

/// Turns that wait, and a store that is not theirs.
struct `A spooled turn` {
    struct Row: Sendable {
        let kept: StorePlace
        let opened: StorePlace
        let isTaken: Bool
    }

    private static func place(_ store: String?, _ address: String, _ user: String = "u") -> StorePlace {
        StorePlace(store: store, address: address, user: user)
    }

    @Test(arguments: [
        Row(kept: place("s", "a"), opened: place("s", "a"), isTaken: true),
        // The same store, reached in another way.
        Row(kept: place("s", "a"), opened: place("s", "b"), isTaken: true),
        // Another store where it was.
        Row(kept: place("s", "a"), opened: place("t", "a"), isTaken: false),
        Row(kept: place("s", "a"), opened: place("t", "b"), isTaken: false),
        Row(kept: place("s", "a"), opened: place("s", "a", "v"), isTaken: false),
        // One that was never reached is known by the way to it.
        Row(kept: place(nil, "a"), opened: place("s", "a"), isTaken: true),
        Row(kept: place(nil, "a"), opened: place("s", "b"), isTaken: false),
        Row(kept: place(nil, "a"), opened: place("s", "a", "v"), isTaken: false),
    ])
    func `goes to its own store and its own user`(row: Row) {
        #expect(row.opened.takes(row.kept) == row.isTaken)
    }

    @Test func `waits while another store is opened, and is brought into its own`() async throws {
        let directory = try TemporaryDirectory()
        let (memory, other) = (try await MemoryFixture.make(), try await MemoryFixture.make())
        memory.isDown.set(true)
        let away = SpoolingJournal(
            primary: MemoryJournal(memory.store, identity: "one", address: "a"), directory: directory.path,
            allowSpoolFromStart: true)
        let opened = try await away.begin(.example("mine"))
        try await away.record(step: .example(opened.run))
        try await away.finish(.example(opened.run))
        for _ in 0..<2 {
            let foreign = MemoryJournal(other.store, identity: "two", address: "b")
            let report = try await SpoolDrain(directory: directory.path, into: foreign).run()
            #expect(report == SpoolDrain.Report(foreign: 1))
        }
        memory.isDown.set(false)
        let own = MemoryJournal(memory.another(), identity: "one", address: "c")
        #expect(try await SpoolDrain(directory: directory.path, into: own).run().restored == [opened.run])
        #expect(try await memory.store.show(run: opened.run.description).state == .done)
        await #expect(throws: (any Error).self) { try await other.store.show(run: opened.run.description) }
    }
}
