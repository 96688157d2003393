import Concurrency
import Testing

struct `What is shielded from a cancellation` {
    @Test func `comes to its end`() async {
        let task = Task {
            await shielded { () async -> Bool in
                await Task.yield()
                return Task.isCancelled
            }
        }
        task.cancel()
        #expect(await task.value == false)
    }

    @Test func `comes to its end within the time it is given`() async {
        let task = Task {
            await shielded(for: .seconds(60)) { () async -> Bool in
                await Task.yield()
                return Task.isCancelled
            }
        }
        task.cancel()
        #expect(await task.value == false)
    }

    @Test func `keeps nobody for longer than that`() async {
        let never = StopSignal()
        let task = Task {
            await shielded(for: .milliseconds(20)) { () async -> Bool in
                await never.wait()
                return Task.isCancelled
            }
        }
        task.cancel()
        #expect(await task.value)
    }
}
