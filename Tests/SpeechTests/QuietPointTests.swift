import Testing

@testable import Speech

struct `The quiet point` {
    @Test func `is the middle of the quietest stretch`() {
        var decibels = [Float](repeating: -20, count: 300)
        for index in 100..<120 { decibels[index] = -60 }
        let point = QuietPoint.find(in: decibels[...])
        #expect((107...113).contains(point))
    }

    @Test func `is the latest of equally quiet ones`() {
        var decibels = [Float](repeating: -20, count: 300)
        for index in 40..<55 { decibels[index] = -90 }
        for index in 200..<215 { decibels[index] = -110 }
        #expect(QuietPoint.find(in: decibels[...]) == 207)
    }

    @Test func `is the end when there is no room to choose`() {
        #expect(QuietPoint.find(in: [Float](repeating: -20, count: 10)[...]) == 10)
        #expect(QuietPoint.find(in: []) == 0)
    }

    @Test func `is found within a slice`() {
        let decibels = [Float](repeating: -90, count: 50) + [Float](repeating: -10, count: 100)
        #expect((50..<150).contains(QuietPoint.find(in: decibels[50...])))
    }
}
