/// One step of a schema, never changed once it has been released.
package struct PostgresMigration: Sendable, Hashable {
    /// From 1; the order of application.
    package let number: Int
    package let name: String
    /// Any number of statements, without BEGIN or COMMIT: they run in one transaction.
    package let sql: String

    package init(_ number: Int, _ name: String, _ sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}
