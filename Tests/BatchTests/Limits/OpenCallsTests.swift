import Testing

@testable import Batch

struct `Calls that hang` {
    private static let begun = ContinuousClock.now
    private func at(_ seconds: Double) -> ContinuousClock.Instant { Self.begun + .seconds(seconds) }

    /// Eight calls that took as long, and are over.
    private func calls(_ duration: Double) -> OpenCalls {
        var calls = OpenCalls()
        for call in 0..<8 {
            calls.begin(call, at: at(0))
            _ = calls.end(call, isAnswered: true, at: at(duration))
        }
        return calls
    }

    @Test(arguments: [(0.2, 4.9, 0), (0.2, 5.1, 1), (10, 39, 0), (10, 41, 1)])
    func `give their places up when they are open for much longer than others were`(
        usual: Double, open: Double, given: Int
    ) {
        var calls = calls(usual)
        calls.begin(100, at: at(20))
        #expect(calls.giveUpPlaces(of: 4, at: at(20 + open)) == given)
        #expect(calls.end(100, isAnswered: true, at: at(100)) == (given == 0))
        #expect(calls.hanging == 0)
    }

    @Test func `are never more than there are places`() {
        var calls = calls(0.1)
        for call in 100..<120 { calls.begin(call, at: at(0)) }
        #expect(calls.giveUpPlaces(of: 4, at: at(60)) == 4)
        #expect(calls.giveUpPlaces(of: 4, at: at(90)) == 0)
        #expect(calls.hanging == 4)
    }

    @Test func `are not known before there were answers`() {
        var calls = OpenCalls()
        calls.begin(1, at: at(0))
        #expect(calls.giveUpPlaces(of: 4, at: at(3600)) == 0)
    }
}
