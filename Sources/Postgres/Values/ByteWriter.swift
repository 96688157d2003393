extension [UInt8] {
    /// Appends an integer in network order.
    mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(integer: Integer) {
        unsafe Swift.withUnsafeBytes(of: integer.bigEndian) { unsafe append(contentsOf: $0) }
    }

    /// Appends floats of four bytes each.
    mutating func append(floats: [Float]) {
        let start = count
        append(contentsOf: repeatElement(0, count: 4 * floats.count))
        unsafe withUnsafeMutableBytes { bytes in
            for (index, float) in floats.enumerated() {
                unsafe bytes.storeBytes(
                    of: float.bitPattern.bigEndian, toByteOffset: start + 4 * index, as: UInt32.self)
            }
        }
    }

    /// Appends what `body` writes behind its length in four bytes.
    mutating func appendWithLength<Failure: Error>(
        _ body: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let start = count
        append(integer: Int32(0))
        try body(&self)
        let length = Int32(count - start - 4)
        unsafe withUnsafeMutableBytes { bytes in
            unsafe bytes.storeBytes(of: length.bigEndian, toByteOffset: start, as: Int32.self)
        }
    }
}
