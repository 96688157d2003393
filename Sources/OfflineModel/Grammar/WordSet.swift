/// Words that a node may begin with: never one too few, now and then one too many. Most nodes are told by it not to
/// fit, without being looked into.
struct WordSet: Sendable, Hashable {
    /// A bit for each word, by its index; words share bits.
    private var bits = SIMD4<UInt64>(repeating: 0)
    /// It may begin with what is no word, or match nothing.
    var isOpen = false

    static let open = {
        var set = WordSet()
        set.isOpen = true
        return set
    }()

    mutating func insert(_ word: Int) { bits[(word >> 6) & 3] |= 1 << UInt64(word & 63) }

    mutating func formUnion(_ other: WordSet) {
        bits |= other.bits
        isOpen = isOpen || other.isOpen
    }

    func meets(_ other: WordSet) -> Bool { isOpen || (bits & other.bits) != SIMD4(repeating: 0) }
}
