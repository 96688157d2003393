/// What one statement gave.
package struct PostgresResult: Sendable {
    package var rows: [PostgresRow]
    /// Rows inserted, updated, deleted or selected.
    package var affectedRows: Int

    package init(rows: [PostgresRow], affectedRows: Int) {
        self.rows = rows
        self.affectedRows = affectedRows
    }
}

/// One row: columns by name or position. The typed getters throw `PostgresError` of kind `decoding` when the
/// column is missing, null (where nil is not asked for) or of another type.
package struct PostgresRow: Sendable {
    package let names: [String]
    package let values: [PostgresValue]

    package init(names: [String], values: [PostgresValue]) {
        self.names = names
        self.values = values
    }

    package subscript(name: String) -> PostgresValue? {
        names.firstIndex(of: name).map { values[$0] }
    }
}
