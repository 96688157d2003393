import Hashing
import Testing

struct `A content hasher` {
    @Test(arguments: [1, 7, 64, 1000])
    func `gives the hash of the whole, however it is cut`(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let hasher = ContentHasher()
        for start in stride(from: 0, to: bytes.count, by: size) {
            hasher.update(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(hasher.finish() == ContentHash(of: bytes))
        #expect(hasher.finish() == ContentHash(ofText: ""))
    }
}
