internal import CPostgres

extension Session {
    /// Prepares what this connection has not seen yet, all in one round trip, and learns its types.
    func prepare(_ texts: [String]) throws(PostgresError) {
        var new: [String] = []
        for sql in texts where !statements.contains(sql) && !new.contains(sql) {
            try refuseNUL(sql)
            new.append(sql)
        }
        guard !new.isEmpty else { return }
        let evicted = statements.evict(toAdd: new.count, keeping: Set(texts))
        let names = new.map { _ in isPooled ? "" : statements.newName() }
        var prepared: [PreparedStatement] = []
        defer {
            // Those before a refused one stay prepared, whatever becomes of the transaction.
            for (sql, statement) in zip(new, prepared) { statements.add(statement, for: sql) }
        }
        try pipelined(evicted.count + 2 * new.count) {
            evicted.allSatisfy { sendDeallocate($0) } && zip(new, names).allSatisfy { sendPrepare($0, as: $1) }
        } receive: { command, result in
            // After those that go, two commands for each that comes: prepare, describe.
            let step = command - evicted.count
            guard step >= 0, step % 2 == 1 else { return }
            prepared.append(PreparedStatement(name: names[step / 2], description: result))
        }
        try learnTypes(of: prepared)
    }

    private func sendDeallocate(_ name: String) -> Bool {
        unsafe PQsendQueryParams(connection, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1) == 1
    }

    private func sendPrepare(_ sql: String, as name: String) -> Bool {
        guard unsafe PQsendPrepare(connection, name, sql, 0, nil) == 1 else { return false }
        return unsafe PQsendDescribePrepared(connection, name) == 1
    }

    /// Looks up the types of extensions and users, once a connection each.
    private func learnTypes(of prepared: [PreparedStatement]) throws(PostgresError) {
        let unknown = Set(prepared.flatMap { $0.parameterTypes + $0.columnTypes }.filter { !types.isKnown($0) })
        guard !unknown.isEmpty else { return }
        let ids = try ParameterBuffer(text: "{" + unknown.map(String.init).joined(separator: ",") + "}")
        for typeOID in unknown { types.add(typeOID, .other) }
        let sent = unsafe ids.withPointers { values in
            unsafe PQsendQueryParams(connection, TypeCatalog.query, 1, nil, values, ids.lengths, [0], 1)
        }
        var rows: [PostgresRow] = []
        try results(sent) { rows = read($0).rows }
        for row in rows {
            guard case .int8(let asked) = row.values[0], case .int8(let base) = row.values[1],
                case .text(let receive) = row.values[2]
            else { continue }
            types.add(
                UInt32(asked), TypeCodec.builtIn(UInt32(base)) ?? TypeCodec(receiveFunction: receive))
        }
    }

    func refuseNUL(_ sql: String) throws(PostgresError) {
        if sql.utf8.contains(0) { throw PostgresError(.misuse, message: "The SQL text holds a NUL character.") }
    }
}

extension PreparedStatement {
    init(name: String, description: borrowing QueryResult) {
        self.init(name: name, parameterTypes: description.parameterTypes, columnTypes: description.columnTypes)
    }
}
