import BatchQueue
import JSON
import Testing

@testable import Batch

private let begun = ContinuousClock.now

private func at(_ seconds: Double) -> ContinuousClock.Instant { begun + .seconds(seconds) }

private func progress(_ samples: [(Double, Int)], total: Int = 100, isReading: Bool = false) -> BatchProgress {
    var progress = BatchProgress(at: begun)
    for (second, done) in samples {
        progress.update(
            counts: [.done: done, .pending: total - done], tokens: done * 100, cost: Double(done) * 0.01,
            isReading: isReading, at: at(second))
    }
    return progress
}

struct `The progress of a batch` {
    @Test func `has the rate of the last thirty seconds`() {
        #expect(progress([(0, 0)]).rate(at: at(0.5)) == nil)
        #expect(progress([(0, 0), (10, 20)]).rate(at: at(10)) == 2)
        // Ten a second at first; what was before the window is forgotten.
        let slower = progress([(0, 0)] + (1...10).map { (Double($0), $0 * 5) } + [(40, 50), (50, 60)])
        #expect(slower.rate(at: at(50)) == 0.25)
        #expect(progress([(0, 0), (10, 20)]).rate(at: at(100)) == 0)
    }

    @Test func `counts from what had ended before it began`() {
        #expect(progress([(0, 50), (10, 60)]).rate(at: at(10)) == 1)
    }

    @Test func `begins its rate again when items were put back`() {
        #expect(progress([(0, 0), (10, 90), (11, 5), (21, 15)]).rate(at: at(21)) == 1)
    }

    @Test func `keeps few samples however often it is told`() {
        let often = progress((0...60_000).map { (Double($0) / 1000, $0 / 1000) })
        #expect(abs((often.rate(at: at(60)) ?? 0) - 1) < 0.05)
        #expect(
            Mirror(reflecting: often).children.first { $0.label == "samples" }.map {
                Mirror(reflecting: $0.value).children.count
            } ?? 0 < 200)
    }

    @Test func `knows the time that is left when the input has been read`() {
        #expect(progress([(0, 0), (10, 20)]).timeLeft(at: at(10)) == .seconds(40))
        #expect(progress([(0, 0), (10, 20)], isReading: true).timeLeft(at: at(10)) == nil)
        #expect(progress([(0, 20), (10, 20)]).timeLeft(at: at(10)) == nil)
    }

    @Test func `is summed up in a line`() {
        var some = BatchProgress(at: begun)
        some.update(
            counts: [.done: 10, .failed: 1, .parked: 2], tokens: 12_345, cost: 0.031, isReading: false, at: begun)
        #expect(some.summary(at: at(4)) == "10 done, 1 failed, 2 parked; 12,345 tokens, $0.03, 4 s")
        #expect(BatchProgress(at: begun).summary(at: at(0)) == "nothing done; 0 tokens, 0 s")
    }

    @Test func `fits the terminal`() {
        var some = progress([(0, 0), (10, 20)])
        for name in ["a.md", "bad\u{1b}[2J\nname", String(repeating: "語", count: 80), "d"] { some.started(name) }
        #expect(
            some.line(width: 120, at: at(10)).hasPrefix(
                "20/100  20 done  40 s left  $0.20  2/s  2,000 tokens  a.md, bad[2J name, "))
        for width in 0...200 {
            let line = some.line(width: width, at: at(10))
            #expect(SingleLine.columns(of: line) <= width)
            #expect(!line.unicodeScalars.contains { $0.value < 0x20 })
        }
    }

    @Test func `forgets an item that has ended`() {
        var some = BatchProgress(at: begun)
        for name in ["a", "b", "a"] { some.started(name) }
        some.ended("a")
        some.ended("c")
        #expect(some.current == ["b", "a"])
    }

    @Test func `is told in events`() {
        let some = progress([(0, 0), (10, 20)])
        let event = BatchEvent.progress(some, at: at(10)).json
        #expect(event["event"] == "progress" && event["total"] == 100 && event["counts"]?["done"] == 20)
        #expect(event["items_per_second"]?.number == 2 && event["remaining_ms"] == 40_000 && event["tokens"] == 2000)
        let end = BatchEvent.finished(ending: "finished", some, at: at(12)).json
        #expect(end["duration_ms"] == 12_000 && end["ending"] == "finished")
        let item = BatchEvent.item(result(4, "x")).json
        #expect(item["event"] == "item" && item["name"] == "x" && item["position"] == 4 && item["answer"] == nil)
        #expect(BatchEvent.paused(reason: "quota").json == ["event": "paused", "reason": "quota"])
        #expect(BatchEvent.started(batch: "1", name: "p", total: 3).json["total"] == 3)
    }
}

struct `A figure` {
    @Test(arguments: [
        (0, "$0.00"), (0.031, "$0.03"), (0.01, "$0.01"), (0.0099, "$0.0099"), (0.00012, "$0.00012"),
        (0.0000001, "$0.000000"),
        (1.005, "$1.00"), (1234.5, "$1,234.50"), (1_000_000, "$1,000,000.00"),
    ]) func `of money`(_ amount: Double, _ text: String) { #expect(Figures.dollars(amount) == text) }

    @Test(arguments: [
        (0.4, "0 s"), (4, "4 s"), (59.6, "1 min"), (125, "2 min 5 s"), (3600, "1 h"), (11_220, "3 h 7 min"),
        (183_600, "2 d 3 h"),
    ]) func `of time`(_ seconds: Double, _ text: String) { #expect(Figures.time(.seconds(seconds)) == text) }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (.max, "9,223,372,036,854,775,807"),
    ])
    func `of counts`(_ number: Int, _ text: String) { #expect(Figures.grouped(number) == text) }

    @Test(arguments: [(0.00002, "0.00002"), (0, "0"), (1.5, "1.5"), (-0.0000000001, "0"), (12, "12"), (100, "100")])
    func `without exponents`(_ number: Double, _ text: String) { #expect(Figures.decimal(number, places: 9) == text) }
}
