import Assistant
import Postgres
import Store
import Testing

@testable import Retrieval

struct `A stored vector` {
    @Test(arguments: [(1536, 1), (1024, 1), (768, 2), (512, 3), (384, 4), (64, 4)])
    func `gives a component as many bits as there is room for`(dimensions: Int, levels: Int) throws {
        let numbers = (0..<dimensions).map { Float($0 == 0 ? 10 : -1) }
        let code = StoredVector.code(of: try StoredVector.make(numbers, model: "m"))
        guard case .bit(let bytes, let count) = code else { throw CancellationError() }
        #expect(count == 1536)
        for level in 0..<levels { #expect(bytes[level * dimensions / 8] & 0x80 != 0) }
        if levels * dimensions < count { #expect(bytes[(levels * dimensions / 8)...].allSatisfy { $0 == 0 }) }
    }

    @Test func `refuses vectors that are too long or have no direction`() {
        #expect(throws: StoreError.self) { try StoredVector.make([Float](repeating: 1, count: 1537), model: "m") }
        #expect(throws: StoreError.self) { try StoredVector.make([0, 0], model: "m") }
        #expect(throws: StoreError.self) { try StoredVector.make([.nan, 1], model: "m") }
        #expect(throws: StoreError.self) { try StoredVector.make([], model: "m") }
    }

    @Test func `makes vectors of length one and pads them`() throws {
        let vector = try StoredVector.make([3, 4], model: "m")
        #expect(vector.count == 1536)
        #expect(vector.prefix(3) == [0.6, 0.8, 0])
    }
}
