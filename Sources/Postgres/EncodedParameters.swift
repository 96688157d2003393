/// Parameters in their binary forms, ready for libpq.
struct EncodedParameters {
    private let values: [[UInt8]?]

    init(_ parameters: [PostgresValue], types: [UInt32]) throws(PostgresError) {
        var values: [[UInt8]?] = []
        for (parameter, type) in zip(parameters, types) { values.append(try parameter.encoded(for: type)) }
        self.values = values
    }

    /// Calls `body` with libpq's four arrays; valid for the time of the call.
    func withPointers<Result>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
        ) -> Result
    ) -> Result {
        // One buffer for all, so that there is one pointer to keep alive.
        var buffer: [UInt8] = []
        var offsets: [Int?] = []
        for value in values {
            offsets.append(value == nil ? nil : buffer.count)
            buffer += value ?? []
            // An empty value still needs an address that is not null.
            buffer.append(0)
        }
        let lengths = values.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: values.count)
        return unsafe buffer.withUnsafeBytes { bytes in
            let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = unsafe offsets.map { offset in unsafe offset.flatMap { unsafe base?.advanced(by: $0) } }
            return unsafe pointers.withUnsafeBufferPointer { pointers in
                unsafe lengths.withUnsafeBufferPointer { lengths in
                    unsafe formats.withUnsafeBufferPointer { formats in
                        unsafe body(
                            pointers.baseAddress, lengths.baseAddress, formats.baseAddress, Int32(values.count))
                    }
                }
            }
        }
    }
}
