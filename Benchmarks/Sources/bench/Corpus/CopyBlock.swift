/// Bytes in the binary format of PostgreSQL's COPY.
struct CopyBlock {
    var bytes: [UInt8] = []

    mutating func header() {
        bytes += Array("PGCOPY\n\u{FF}\r\n\0".unicodeScalars.map { UInt8($0.value) }) + [0, 0, 0, 0, 0, 0, 0, 0]
    }
    mutating func trailer() { bytes += [0xFF, 0xFF] }
    mutating func row(columns: Int16) { big(columns) }

    mutating func text(_ text: String) {
        big(Int32(text.utf8.count))
        bytes += text.utf8
    }

    mutating func int32(_ number: Int32) {
        big(Int32(4))
        big(number)
    }

    mutating func int64(_ number: Int64) {
        big(Int32(8))
        big(number)
    }

    /// The same that `Psql.uuid` writes in SQL.
    mutating func uuid(kind: UInt8, _ number: Int) {
        big(Int32(16))
        bytes += [kind, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0]
        big(Int32(number))
    }

    mutating func vector(_ numbers: [Float]) {
        big(Int32(4 + 4 * numbers.count))
        big(Int16(numbers.count))
        big(Int16(0))
        for number in numbers { big(number.bitPattern) }
    }

    /// A tsvector: each word with its place.
    mutating func words(_ words: [String]) {
        let places = words.enumerated().sorted { $0.element < $1.element }
        big(Int32(4 + words.reduce(0) { $0 + $1.utf8.count + 5 }))
        big(Int32(words.count))
        for (place, word) in places {
            bytes += word.utf8
            bytes.append(0)
            big(Int16(1))
            big(Int16(place + 1))
        }
    }

    private mutating func big(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
