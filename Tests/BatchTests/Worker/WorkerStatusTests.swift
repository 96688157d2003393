import FoundationEssentials
import Testing

@testable import Batch

struct `What a process knows of its own part in a batch` {
    @Test func `wakes who waits for recordings when the reading has ended, also if that was before`() async {
        let status = WorkerStatus()
        status.beginReading()
        status.begin(as: UUID(), transcribing: true)
        var changes = status.changes().makeAsyncIterator()
        #expect(status.isReading && status.moreComes)
        status.endReading(problems: 2)
        await changes.next()
        #expect(!status.isReading && status.moreComes && status.problems == 2)
        status.endTranscribing()
        #expect(!status.moreComes)
    }

    @Test func `lets go of who waits for recordings when the work has ended first`() async {
        let status = WorkerStatus()
        status.beginReading()
        let waiting = Task {
            var changes = status.changes().makeAsyncIterator()
            await changes.next()
        }
        waiting.cancel()
        await waiting.value
        #expect(status.isReading)
    }
}
