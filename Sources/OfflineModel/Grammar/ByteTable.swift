/// Numbers stretches of a file by their bytes, each once: a dictionary that makes no strings.
struct ByteTable {
    private let bytes: [UInt8]
    /// Index of an entry, or -1; a power of two of them.
    private var places: [Int32]
    private var entries: [(start: Int32, end: Int32, hash: UInt32, value: Int32)] = []

    init(_ bytes: [UInt8], capacity: Int) {
        self.bytes = bytes
        var size = 16
        while size < capacity * 2 { size *= 2 }
        places = Array(repeating: -1, count: size)
        entries.reserveCapacity(capacity)
    }

    static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

    static let emptyHash: UInt32 = 2_166_136_261

    /// The value of the same bytes; nil when they are new.
    func value(of range: Range<Int>, hash: UInt32) -> Int? {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] >= 0 {
            let entry = entries[Int(places[place])]
            if entry.hash == hash, isSame(Int(entry.start), Int(entry.end), range) { return Int(entry.value) }
            place = (place + 1) & mask
        }
        return nil
    }

    mutating func insert(_ range: Range<Int>, hash: UInt32, value: Int) {
        if entries.count * 2 >= places.count { grow() }
        entries.append((Int32(range.lowerBound), Int32(range.upperBound), hash, Int32(value)))
        place(entries.count - 1)
    }

    private mutating func place(_ index: Int) {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: entries[index].hash) & mask
        while places[place] >= 0 { place = (place + 1) & mask }
        places[place] = Int32(index)
    }

    private mutating func grow() {
        places = Array(repeating: -1, count: places.count * 2)
        for index in entries.indices { place(index) }
    }

    private func isSame(_ start: Int, _ end: Int, _ range: Range<Int>) -> Bool {
        guard end - start == range.count else { return false }
        for offset in 0..<range.count where bytes[start + offset] != bytes[range.lowerBound + offset] { return false }
        return true
    }
}
