import Testing

@testable import Batch

struct `The events of a loop` {
    @Test func `come all and in order, a group at a time`() async {
        let queue = EventQueue<Int>()
        for number in 0..<3 { queue.post(number) }
        #expect(await queue.next() == [0, 1, 2])
        async let next = queue.next()
        queue.post(3)
        #expect(await next == [3])
    }

    @Test func `come from many at once, each once`() async {
        let queue = EventQueue<Int>()
        async let taken = {
            var all: [Int] = []
            while all.count < 1000 { all += await queue.next() }
            return all
        }()
        await withDiscardingTaskGroup { group in
            for number in 0..<1000 { group.addTask { queue.post(number) } }
        }
        #expect(await taken.sorted() == Array(0..<1000))
    }

    @Test func `come also to a loop that was cancelled: what is in flight ends`() async {
        let queue = EventQueue<Int>()
        let loop = Task { await queue.next() }
        loop.cancel()
        queue.post(1)
        #expect(await loop.value == [1])
    }

    @Test func `come at the earliest of the times that were asked for`() async {
        let queue = EventQueue<String>()
        var alarm = Alarm()
        let now = ContinuousClock.now
        alarm.set(for: now + .seconds(3600)) { queue.post("late") }
        alarm.set(for: now + .milliseconds(1)) { queue.post("soon") }
        alarm.set(for: now + .seconds(60)) { queue.post("later") }
        #expect(await queue.next() == ["soon"])
        alarm.rang()
        alarm.set(for: .now) { queue.post("again") }
        #expect(await queue.next() == ["again"])
        alarm.cancel()
    }
}
