import Concurrency
import Testing

struct `A duration in milliseconds` {
    @Test(arguments: [
        (Duration.zero, 0), (.nanoseconds(1), 0), (.milliseconds(1), 1), (.microseconds(1999), 1),
        (.seconds(90), 90_000),
        (.microseconds(-1500), -1), (.milliseconds(-2), -2), (.seconds(1 << 41), .max), (.seconds(-(1 << 41)), .min),
    ])
    func `is rounded towards zero`(_ duration: Duration, _ milliseconds: Int) {
        #expect(duration.milliseconds == milliseconds)
    }

    @Test(arguments: [
        (Duration.zero, 0), (.milliseconds(-3), 0), (.nanoseconds(-1), 0), (.nanoseconds(1), 1),
        (.milliseconds(7), 7), (.microseconds(7_001), 8), (.seconds(Int64(1) << 41), Int.max),
    ])
    func `are waited for to their end, and not at all when they are over`(duration: Duration, expected: Int) {
        #expect(duration.millisecondsToWait == expected)
    }
}
