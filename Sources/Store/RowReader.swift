package import FoundationEssentials
package import Postgres

/// Reads the columns of one row; one that is missing or of another type means that the database has another schema
/// than this program.
package struct RowReader {
    private let row: PostgresRow
    private let doing: String

    package init(_ row: PostgresRow, while doing: String) {
        self.row = row
        self.doing = doing
    }

    private func read<Value>(
        _ name: String, _ column: (String) throws(PostgresError) -> Value
    ) throws(StoreError) -> Value {
        do throws(PostgresError) {
            return try column(name)
        } catch {
            throw StoreError(
                .configuration, "The column \(name) is not what this program expects (while \(doing)).",
                causes: [error.message])
        }
    }

    package func text(_ name: String) throws(StoreError) -> String { try read(name, row.string) }
    package func optionalText(_ name: String) throws(StoreError) -> String? { try read(name, row.optionalString) }
    package func uuid(_ name: String) throws(StoreError) -> UUID { try read(name, row.uuid) }
    package func optionalUUID(_ name: String) throws(StoreError) -> UUID? { try read(name, row.optionalUUID) }
    package func date(_ name: String) throws(StoreError) -> Date { try read(name, row.date) }
    package func optionalDate(_ name: String) throws(StoreError) -> Date? { try read(name, row.optionalDate) }
    package func integer(_ name: String) throws(StoreError) -> Int { try read(name, row.int) }
    package func optionalInteger(_ name: String) throws(StoreError) -> Int? { try read(name, row.optionalInt) }
    package func double(_ name: String) throws(StoreError) -> Double { try read(name, row.double) }
    package func optionalDouble(_ name: String) throws(StoreError) -> Double? { try read(name, row.optionalDouble) }
    package func bool(_ name: String) throws(StoreError) -> Bool { try read(name, row.bool) }
    package func optionalBytes(_ name: String) throws(StoreError) -> [UInt8]? { try read(name, row.optionalBytes) }
    package func vector(_ name: String) throws(StoreError) -> [Float] { try read(name, row.vector) }
}
