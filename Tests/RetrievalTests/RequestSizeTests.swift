import Testing

@testable import Retrieval

struct `The size of a request` {
    @Test func `follows what requests take, within bounds`() {
        var size = RequestSize()
        for _ in 0..<20 { size.took(.milliseconds(50)) }
        #expect(size.tokens == 32_000)
        for _ in 0..<20 { size.took(.seconds(2)) }
        #expect(size.tokens == 250)
        size.took(.milliseconds(500))
        #expect(size.tokens == 250)
    }

    @Test func `is at least one text and at most so many`() {
        let size = RequestSize()
        #expect(size.count(of: [90_000, 1]) == 1)
        #expect(size.count(of: [400, 400, 400]) == 2)
        #expect(size.count(of: Array(repeating: 1, count: 500)) == RequestSize.mostTexts)
        #expect(size.count(of: [Int]()) == 0)
    }
}
