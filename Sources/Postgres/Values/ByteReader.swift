/// Reads a field's bytes in network order; nil when they end too soon.
@safe
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// The bytes must outlive the reader.
    @unsafe
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = unsafe bytes
    }

    var remaining: Int { unsafe bytes.count - position }

    mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type) -> Integer? {
        let size = MemoryLayout<Integer>.size
        guard remaining >= size else { return nil }
        defer { position += size }
        return unsafe Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Integer.self))
    }

    mutating func float() -> Float? { integer(UInt32.self).map(Float.init(bitPattern:)) }

    mutating func double() -> Double? { integer(UInt64.self).map(Double.init(bitPattern:)) }

    /// A reader of the next `count` bytes alone.
    mutating func part(_ count: Int) -> ByteReader? {
        guard count >= 0, remaining >= count else { return nil }
        defer { position += count }
        return unsafe ByteReader(UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }

    /// What is left.
    func rest() -> [UInt8] { unsafe Array(bytes[position...]) }

    /// What is left, if it is UTF-8.
    func text() -> String? {
        unsafe String(validating: bytes[position...], as: UTF8.self)
    }

    /// The next `count` floats of four bytes, if they are all that is left.
    mutating func floats(_ count: Int) -> [Float]? {
        guard remaining == 4 * count else { return nil }
        let start = position
        position += 4 * count
        return unsafe [Float](unsafeUninitializedCapacity: count) { floats, initialized in
            for index in 0..<count {
                let bits = unsafe bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self)
                unsafe floats.initializeElement(at: index, to: Float(bitPattern: UInt32(bigEndian: bits)))
            }
            initialized = count
        }
    }
}
