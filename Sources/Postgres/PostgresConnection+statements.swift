internal import CPostgres

// The blocking bodies: they run on the connection's own queue.
extension PostgresConnection {
    func runNow(_ statement: PostgresStatement) throws(PostgresError) -> PostgresResult {
        try prepare([statement])
        let link = try openLink()
        let prepared = try preparedStatement(statement)
        let parameters = try EncodedParameters(statement.parameters, types: prepared.parameterTypes)
        let handle = unsafe parameters.withPointers { values, lengths, formats, count in
            unsafe PQexecPrepared(link.handle, prepared.name, count, values, lengths, formats, 1)
        }
        guard let result = unsafe ServerResult(handle) else { throw link.error }
        return try read(result, link)
    }

    func pipelineNow(_ statements: [PostgresStatement]) throws(PostgresError) -> [PostgresResult] {
        guard !statements.isEmpty else { return [] }
        try prepare(statements)
        let link = try openLink()
        var encoded: [(Prepared, EncodedParameters)] = []
        for statement in statements {
            let prepared = try preparedStatement(statement)
            encoded.append((prepared, try EncodedParameters(statement.parameters, types: prepared.parameterTypes)))
        }
        var raw: [RawRows] = []
        try Pipeline.run(on: link) { pipeline throws(PostgresError) in
            for (prepared, parameters) in encoded {
                let sent = unsafe parameters.withPointers { values, lengths, formats, count in
                    unsafe PQsendQueryPrepared(link.handle, prepared.name, count, values, lengths, formats, 1)
                }
                try pipeline.send(sent)
            }
            try pipeline.sync()
            for _ in encoded {
                try pipeline.next { result throws(PostgresError) in
                    // Types cannot be asked for inside a pipeline: rows with unknown ones are read behind it.
                    raw.append(RawRows(try result.rows(typeName: { self.typeName($0) })))
                }
            }
        }
        try learnTypes(raw.flatMap(\.unknownTypes))
        var results: [PostgresResult] = []
        for rows in raw { results.append(try rows.resolved { self.typeName($0) }) }
        return results
    }

    func executeNow(_ script: String) throws(PostgresError) {
        let link = try openLink()
        guard let result = unsafe ServerResult(PQexec(link.handle, script)) else { throw link.error }
        guard result.isGood else { throw failure(result, link) }
        // A script may change tables under prepared statements.
        if !isUsable { throw link.error }
    }

    func copyNow(table: String, columns: [String], rows: [[PostgresValue]]) throws(PostgresError) -> Int {
        let names = columns.map(Self.quoted).joined(separator: ", ")
        let target = table.split(separator: ".").map { Self.quoted(String($0)) }.joined(separator: ".")
        // The column types decide how values are encoded.
        let probe = PostgresStatement("SELECT \(names) FROM \(target) LIMIT 0")
        let types = try columnTypes(of: probe)
        let link = try openLink()
        do {
            guard
                let start = unsafe ServerResult(
                    PQexec(link.handle, "COPY \(target) (\(names)) FROM STDIN (FORMAT binary)"))
            else { throw link.error }
            guard start.status == PGRES_COPY_IN else { throw failure(start, link) }
        }
        do throws(PostgresError) {
            try sendCopy(rows, types: types, link)
        } catch {
            unsafe PQputCopyEnd(link.handle, "aborted by the client")
            while let rest = unsafe ServerResult(PQgetResult(link.handle)) { _ = rest.status }
            throw error
        }
        guard unsafe PQputCopyEnd(link.handle, nil) == 1 else { throw link.error }
        var copied = 0
        var problem: PostgresError?
        while let result = unsafe ServerResult(PQgetResult(link.handle)) {
            if result.isGood {
                copied = try result.rows(typeName: { _ in nil }).affectedRows
            } else {
                problem = failure(result, link)
            }
        }
        if let problem { throw problem }
        return copied
    }

    private func sendCopy(_ rows: [[PostgresValue]], types: [UInt32], _ link: ServerLink) throws(PostgresError) {
        var block: [UInt8] =
            Array("PGCOPY\n".utf8) + [0xff] + Array("\r\n".utf8) + [0] + [UInt8](repeating: 0, count: 8)
        func flush() throws(PostgresError) {
            let sent = unsafe block.withUnsafeBytes { bytes in
                unsafe PQputCopyData(
                    link.handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            guard sent == 1 else { throw link.error }
            block.removeAll(keepingCapacity: true)
        }
        for row in rows {
            if Task.isCancelled { throw PostgresError(.cancelled, message: "cancelled while copying") }
            guard row.count == types.count else {
                throw PostgresError(.decoding, message: "a row has \(row.count) values for \(types.count) columns")
            }
            block += PostgresValue.bytes(of: Int16(row.count))
            for (value, type) in zip(row, types) {
                if let bytes = try value.encoded(for: type) {
                    block += PostgresValue.bytes(of: Int32(bytes.count))
                    block += bytes
                } else {
                    block += PostgresValue.bytes(of: Int32(-1))
                }
            }
            if block.count > 1 << 18 { try flush() }
        }
        block += PostgresValue.bytes(of: Int16(-1))
        try flush()
    }

    private func columnTypes(of statement: PostgresStatement) throws(PostgresError) -> [UInt32] {
        let link = try openLink()
        guard let result = unsafe ServerResult(PQexecParams(link.handle, statement.sql, 0, nil, nil, nil, nil, 1))
        else {
            throw link.error
        }
        guard result.isGood else { throw failure(result, link) }
        return result.columnTypes
    }

    private func read(_ result: borrowing ServerResult, _ link: ServerLink) throws(PostgresError) -> PostgresResult {
        guard result.isGood else { throw failure(result, link) }
        try learnTypes(result.columnTypes)
        return try result.rows(typeName: { typeName($0) })
    }

    func failure(_ result: borrowing ServerResult, _ link: ServerLink) -> PostgresError {
        let error = result.error(connectionIsBroken: link.isBroken)
        // 26000: the statement is gone on the server; 0A000: its result type changed with its table.
        if error.sqlState == "26000" || error.sqlState == "0A000" { forgetPrepared() }
        return error
    }

    static func quoted(_ identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// Rows that may hold values of types whose names are not known yet.
private struct RawRows {
    let result: PostgresResult

    init(_ result: PostgresResult) { self.result = result }

    var unknownTypes: [UInt32] {
        result.rows.first?.values.indices.compactMap { column in
            for row in result.rows {
                if case .unknown(let type, _) = row.values[column] { return type }
            }
            return nil
        } ?? []
    }

    func resolved(typeName: (UInt32) -> String?) throws(PostgresError) -> PostgresResult {
        guard !unknownTypes.isEmpty else { return result }
        var resolved = result
        resolved.rows = []
        for row in result.rows {
            var values: [PostgresValue] = []
            for value in row.values {
                guard case .unknown(let type, let bytes) = value else {
                    values.append(value)
                    continue
                }
                values.append(try PostgresValue.decode(bytes, type: type, typeName: typeName))
            }
            resolved.rows.append(PostgresRow(names: row.names, values: values))
        }
        return resolved
    }
}
