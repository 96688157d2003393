import Concurrency
import Glibc
import Testing

private struct Refused: Error, Equatable {}

private actor Handle {
    private let executor = BlockingExecutor(label: "test")
    private var inside = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// How many calls were inside at once.
    func work() -> Int {
        inside += 1
        defer { inside -= 1 }
        usleep(1000)
        return inside
    }
}

struct `Blocking work` {
    @Test func `gives its value or its error`() async {
        let value = await blocking(label: "test") { () throws(Never) -> Int in 7 }
        #expect(value == 7)
        await #expect(throws: Refused()) { try await blocking(label: "test") { () throws(Refused) in throw Refused() } }
    }

    @Test func `of one handle runs one call at a time`() async {
        let handle = Handle()
        let most = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { await handle.work() } }
            return await group.reduce(0, max)
        }
        #expect(most == 1)
    }

    @Test func `leaves the cooperative pool to others`() async {
        // More blocked calls than the pool has threads: without queues of their own, the last task would wait for them.
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<32 {
                group.addTask {
                    await blocking(label: "test-\(index)") { () throws(Never) in _ = usleep(200_000) }
                    return false
                }
            }
            group.addTask { true }
            #expect(await group.next() == true)
        }
    }
}
