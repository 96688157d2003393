import FoundationEssentials
import Testing

@testable import BatchQueue

/// Seconds from a beginning: when a worker asked, when it heard the answer, and the count of beats in it.
private struct Look: Sendable {
    let asked: Double
    let heard: Double
    let beats: Int

    init(_ asked: Double, _ heard: Double, beats: Int) {
        (self.asked, self.heard, self.beats) = (asked, heard, beats)
    }
}

struct `A watch for silent workers` {
    @Test(arguments: [
        // Looked at again and again, and the count stands still.
        ([Look(0, 0.1, beats: 7), Look(1, 1.1, beats: 7), Look(2.2, 2.3, beats: 7)], true),
        ([Look(0, 0.1, beats: 7), Look(2, 2.1, beats: 7)], false),
        // Asked soon after; the answer lay unread while this process slept, or the wire was cut.
        ([Look(0, 0.1, beats: 7), Look(0.3, 4.5, beats: 7)], false),
        ([Look(0, 0.1, beats: 7), Look(0.3, 60, beats: 7)], false),
        ([Look(0, 4.5, beats: 7), Look(4.7, 4.8, beats: 7)], false),
        // After that it is looked at for a whole lease again.
        ([Look(0, 0.1, beats: 7), Look(0.3, 60, beats: 8), Look(61, 61.1, beats: 8)], false),
        ([Look(0, 0.1, beats: 7), Look(0.3, 60, beats: 8), Look(62.1, 62.2, beats: 8)], true),
        // It beats.
        ([Look(0, 0.1, beats: 7), Look(3, 3.1, beats: 8), Look(6, 6.1, beats: 9)], false),
    ])
    private func `counts from hearing of one look to asking for the next`(looks: [Look], isSilent: Bool) {
        var watch = SilenceWatch(lease: .seconds(2))
        let (worker, start) = (UUID(), ContinuousClock.now)
        var said = false
        for look in looks {
            said = watch.isSilent(
                worker, beats: look.beats, asked: start + .seconds(look.asked), heard: start + .seconds(look.heard))
        }
        #expect(said == isSilent)
    }

    @Test func `knows nobody who was forgotten`() {
        var watch = SilenceWatch(lease: .seconds(2))
        let (worker, start) = (UUID(), ContinuousClock.now)
        _ = watch.isSilent(worker, beats: 1, asked: start, heard: start)
        watch.keep([])
        let isSilent = watch.isSilent(worker, beats: 1, asked: start + .seconds(9), heard: start + .seconds(9))
        #expect(!isSilent)
    }
}
