internal import CPostgres

/// One `PGresult`, cleared at the end of its life.
@safe struct ServerResult: ~Copyable {
    private let handle: OpaquePointer

    init?(_ handle: OpaquePointer?) {
        guard let handle = unsafe handle else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe PQclear(handle) }

    var status: ExecStatusType { unsafe PQresultStatus(handle) }

    var isGood: Bool {
        let status = status
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE
            || status == PGRES_COPY_IN || status == PGRES_EMPTY_QUERY || status == PGRES_PIPELINE_SYNC
    }

    var parameterTypes: [UInt32] {
        unsafe (0..<PQnparams(handle)).map { unsafe PQparamtype(handle, $0) }
    }

    var columnTypes: [UInt32] {
        unsafe (0..<PQnfields(handle)).map { unsafe PQftype(handle, $0) }
    }

    /// Server errors carry a SQLSTATE; without one the connection broke.
    func error(connectionIsBroken: Bool) -> PostgresError {
        let state = field("C")
        let wholeMessage = unsafe String(cString: PQresultErrorMessage(handle)).trimmed()
        let message = field("M") ?? wholeMessage
        let broken = connectionIsBroken || state.map { PostgresError.endsConnection($0) } ?? true
        let kind: PostgresError.Kind = state == "57014" ? .cancelled : broken ? .connection : .server
        return PostgresError(
            kind, sqlState: state, message: message, detail: field("D"), hint: field("H"), constraint: field("n"))
    }

    func rows(typeName: (UInt32) -> String?) throws(PostgresError) -> PostgresResult {
        let columns = unsafe PQnfields(handle)
        let names = (0..<columns).map { unsafe String(cString: PQfname(handle, $0)) }
        let types = columnTypes
        var rows: [PostgresRow] = []
        let count = unsafe PQntuples(handle)
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            var values: [PostgresValue] = []
            values.reserveCapacity(names.count)
            for column in 0..<columns {
                values.append(try value(row, column, type: types[Int(column)], typeName: typeName))
            }
            rows.append(PostgresRow(names: names, values: values))
        }
        let affected = unsafe Int(String(cString: PQcmdTuples(handle))) ?? rows.count
        return PostgresResult(rows: rows, affectedRows: affected)
    }

    private func value(
        _ row: Int32, _ column: Int32, type: UInt32, typeName: (UInt32) -> String?
    ) throws(PostgresError) -> PostgresValue {
        if unsafe PQgetisnull(handle, row, column) == 1 { return .null }
        let length = unsafe Int(PQgetlength(handle, row, column))
        guard let start = unsafe PQgetvalue(handle, row, column) else { return .null }
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: start, count: length))
        return try PostgresValue.decode(bytes, type: type, typeName: typeName)
    }

    private func field(_ code: Unicode.Scalar) -> String? {
        guard let text = unsafe PQresultErrorField(handle, Int32(code.value)) else { return nil }
        return unsafe String(cString: text)
    }
}

extension PostgresError {
    /// 08 connection exceptions, and what a server says when it goes down, is starting, or throws a session out.
    static func endsConnection(_ sqlState: String) -> Bool {
        sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "25P03", "53300"].contains(sqlState)
    }
}

extension String {
    /// Without white space at either end.
    func trimmed() -> String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
