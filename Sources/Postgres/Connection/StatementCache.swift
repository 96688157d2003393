/// A statement that the server has prepared, and the types it inferred.
struct PreparedStatement {
    /// Empty behind a pooler: the statement is sent whole each time, and only its types are known.
    let name: String
    let parameterTypes: [UInt32]
    let columnTypes: [UInt32]
}

/// The prepared statements of one connection, by their text. The least recently used go first.
struct StatementCache {
    private struct Entry {
        var statement: PreparedStatement
        var lastUse: Int
    }

    private var entries: [String: Entry] = [:]
    private var uses = 0
    private var names = 0
    let limit = 256

    mutating func use(_ sql: String) -> PreparedStatement? {
        uses += 1
        entries[sql]?.lastUse = uses
        return entries[sql]?.statement
    }

    func contains(_ sql: String) -> Bool { entries[sql] != nil }

    mutating func add(_ statement: PreparedStatement, for sql: String) {
        uses += 1
        entries[sql] = Entry(statement: statement, lastUse: uses)
    }

    /// A name that was never used on this connection.
    mutating func newName() -> String {
        names += 1
        return "vocero_\(names)"
    }

    mutating func remove(_ sql: String) {
        entries[sql] = nil
    }

    /// Takes out the least recently used, to make room for `count` new ones, and gives their names.
    mutating func evict(toAdd count: Int, keeping needed: Set<String>) -> [String] {
        let excess = entries.count + count - limit
        guard excess > 0 else { return [] }
        let candidates = entries.filter { !needed.contains($0.key) }.sorted { $0.value.lastUse < $1.value.lastUse }
        return candidates.prefix(excess).compactMap { sql, entry in
            entries[sql] = nil
            return entry.statement.name.isEmpty ? nil : entry.statement.name
        }
    }
}
