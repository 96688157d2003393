/// The parameters of one statement, laid out one after the other as libpq takes them.
struct ParameterBuffer {
    /// Each value ends in a NUL, which libpq needs for those in text format.
    private(set) var bytes: [UInt8] = []
    /// Where each value starts; nil for NULL.
    private(set) var offsets: [Int?] = []
    private(set) var lengths: [Int32] = []
    /// 0 text, 1 binary.
    private(set) var formats: [Int32] = []

    /// Encodes by the types that the server inferred.
    init(_ values: [PostgresValue], types: [UInt32], catalog: TypeCatalog) throws(PostgresError) {
        guard values.count == types.count else {
            throw PostgresError(
                .misuse, message: "The statement has \(types.count) parameters, but \(values.count) were given.")
        }
        for (index, value) in values.enumerated() {
            do throws(EncodingRefusal) {
                try append(value, types[index], catalog.codec(types[index]))
            } catch {
                throw PostgresError(.decoding, message: "Parameter $\(index + 1): \(error.reason).")
            }
        }
    }

    /// One text, for a statement whose types need no looking up.
    init(text: String) throws(PostgresError) {
        try self.init([.text(text)], types: [25], catalog: TypeCatalog())
    }

    private mutating func append(
        _ value: PostgresValue, _ typeOID: UInt32, _ codec: TypeCodec
    ) throws(EncodingRefusal) {
        if case .null = value { return appendNull() }
        let start = bytes.count
        var format: Int32 = 1
        switch value {
        case _ where codec == .numeric && value.digits != nil:
            format = 0
            try encode(.text(value.digits ?? ""), as: .text, into: &bytes)
        case .text(let text) where codec != .text:
            format = 0
            try encode(.text(text), as: .text, into: &bytes)
        case .textArray(let texts) where codec != .textArray:
            format = 0
            try encode(.text(arrayLiteral(texts)), as: .text, into: &bytes)
        case .unknown(let given, _) where given != typeOID:
            throw EncodingRefusal("a value of type \(given) was given where the statement expects type \(typeOID)")
        default:
            try encode(value, as: codec, into: &bytes)
        }
        guard let length = Int32(exactly: bytes.count - start), length < 1 << 30 else {
            throw EncodingRefusal("the value is longer than the 1 GB that PostgreSQL takes")
        }
        offsets.append(start)
        lengths.append(length)
        formats.append(format)
        bytes.append(0)
    }

    private mutating func appendNull() {
        offsets.append(nil)
        lengths.append(0)
        formats.append(1)
    }

    /// Lends the values as libpq's array of pointers.
    func withPointers<Value>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value) -> Value {
        unsafe bytes.withUnsafeBytes { raw in
            let base = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = unsafe offsets.map { offset in
                unsafe offset.flatMap { offset in unsafe base.map { unsafe $0 + offset } }
            }
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}
