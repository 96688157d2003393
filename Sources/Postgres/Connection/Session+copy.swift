internal import CPostgres

extension Session {
    /// Streams rows in blocks. What goes wrong on the way makes the server drop all of them.
    func copyIn(
        table: String, columns: [String], rows: some Sequence<[PostgresValue]>
    ) throws(PostgresError) -> Int {
        let target = table.split(separator: ".").map { quoted(String($0)) }.joined(separator: ".")
        let list = columns.map(quoted).joined(separator: ", ")
        let description = "SELECT \(list) FROM \(target)"
        try prepare([description])
        guard let codecs = statements.use(description)?.columnTypes.map(types.codec) else { throw .closed }
        guard !interruption.isRaised else { throw .cancelled }

        var count = 0
        var failure: PostgresError?
        try results(
            unsafe PQsendQuery(connection, "COPY \(target) (\(list)) FROM STDIN (FORMAT binary)"),
            copying: {
                do throws(PostgresError) {
                    try stream(rows, columns, codecs)
                } catch {
                    failure = error
                }
                unsafe PQputCopyEnd(connection, failure == nil ? nil : "the client gave up")
                return true
            }, receive: { count = $0.affectedRows })
        if let failure { throw failure }
        return count
    }

    private func stream(
        _ rows: some Sequence<[PostgresValue]>, _ columns: [String], _ codecs: [TypeCodec]
    ) throws(PostgresError) {
        let blockSize = 128 * 1024
        var block: [UInt8] = []
        block.reserveCapacity(2 * blockSize)
        block.append(contentsOf: [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00])
        block.append(integer: Int64(0))  // no flags, no extension
        for (index, row) in rows.enumerated() {
            guard row.count == columns.count else {
                throw PostgresError(
                    .misuse, message: "Row \(index + 1) has \(row.count) values for \(columns.count) columns.")
            }
            block.append(integer: Int16(row.count))
            for (column, value) in row.enumerated() {
                try append(value, codecs[column], to: &block, place: (index + 1, columns[column]))
            }
            if block.count >= blockSize {
                try send(block)
                block.removeAll(keepingCapacity: true)
            }
        }
        block.append(integer: Int16(-1))
        try send(block)
    }

    private func append(
        _ value: PostgresValue, _ codec: TypeCodec, to block: inout [UInt8], place: (row: Int, column: String)
    ) throws(PostgresError) {
        if case .null = value { return block.append(integer: Int32(-1)) }
        do throws(EncodingRefusal) {
            try block.appendWithLength { bytes throws(EncodingRefusal) in
                try encode(value, as: codec, into: &bytes)
            }
        } catch {
            throw PostgresError(.decoding, message: "Row \(place.row), column \(place.column): \(error.reason).")
        }
    }

    /// Libpq takes a block whole or, when its buffer is full, not at all.
    private func send(_ block: [UInt8]) throws(PostgresError) {
        while true {
            guard !interruption.isRaised else { throw .cancelled }
            let taken = unsafe block.withUnsafeBytes { bytes in
                unsafe PQputCopyData(
                    connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            if taken < 0 { throw complaint }
            // Keeps libpq's own buffer from growing with the table.
            while unsafe PQflush(connection) == 1 {
                guard !interruption.isRaised else { throw .cancelled }
                sleep(for: [.read, .write], until: nil)
                guard unsafe PQconsumeInput(connection) == 1 else { throw complaint }
            }
            if taken == 1 { return }
        }
    }

    private func quoted(_ identifier: String) -> String {
        "\"" + identifier.replacing("\"", with: "\"\"") + "\""
    }
}
