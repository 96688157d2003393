import Concurrency
import Testing

struct `A person's wish to stop` {
    @Test func `is heard by all who wait for it, and by who comes later`() async {
        let stop = StopSignal()
        #expect(!stop.isMade)
        await withDiscardingTaskGroup { group in
            for _ in 0..<10 { group.addTask { await stop.wait() } }
            stop.make()
        }
        #expect(stop.isMade)
        await stop.wait()
    }

    @Test func `keeps nobody who was cancelled`() async {
        let stop = StopSignal()
        let waiting = Task { await stop.wait() }
        waiting.cancel()
        await waiting.value
        #expect(!stop.isMade)
    }
}
