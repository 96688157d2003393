internal import CPostgres

/// A PGresult and its only owner.
@safe
struct QueryResult: ~Copyable {
    private let pointer: OpaquePointer

    init?(_ pointer: OpaquePointer?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe PQclear(pointer)
    }

    var status: ExecStatusType { unsafe PQresultStatus(pointer) }

    /// `INSERT 0 3` and so on.
    var commandTag: String { unsafe String(cString: PQcmdStatus(pointer)) }

    var affectedRows: Int { Int(unsafe String(cString: PQcmdTuples(pointer))) ?? 0 }

    var rowCount: Int { Int(unsafe PQntuples(pointer)) }
    var columnCount: Int { Int(unsafe PQnfields(pointer)) }
    var parameterTypes: [UInt32] {
        let count = unsafe PQnparams(pointer)
        return (0..<count).map { unsafe PQparamtype(pointer, $0) }
    }
    var columnTypes: [UInt32] {
        (0..<Int32(columnCount)).map { unsafe PQftype(pointer, $0) }
    }
    var columnNames: [String] {
        (0..<Int32(columnCount)).map { column in
            unsafe PQfname(pointer, column).map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// The bytes of one field, or nil for NULL. They live as long as the result.
    func withField<Value>(row: Int, column: Int, _ body: (ByteReader?) -> Value) -> Value {
        let (row, column) = (Int32(row), Int32(column))
        guard unsafe PQgetisnull(pointer, row, column) == 0 else { return body(nil) }
        let length = Int(unsafe PQgetlength(pointer, row, column))
        let bytes = unsafe UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: length)
        return unsafe body(ByteReader(bytes))
    }

    /// What the server refused, with values taken out of the message.
    var error: PostgresError {
        let sqlState = unsafe text(pq_error_sqlstate(pointer))
        let said = unsafe text(pq_error_message(pointer)) ?? text(PQresultErrorMessage(pointer)) ?? ""
        let lost = sqlState.map(PostgresError.isConnectionLoss) ?? true
        return PostgresError(
            lost ? .connection : .server, sqlState: sqlState,
            message: messageWithoutValues(oneLine(said), sqlState: sqlState),
            detail: unsafe text(pq_error_detail(pointer)), hint: unsafe text(pq_error_hint(pointer)),
            constraint: unsafe text(pq_error_constraint(pointer)))
    }

    private func text(_ field: UnsafePointer<CChar>?) -> String? {
        guard let field = unsafe field else { return nil }
        return unsafe String(cString: field)
    }
}

/// libpq's messages end in line feeds and are broken with tabs.
func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
