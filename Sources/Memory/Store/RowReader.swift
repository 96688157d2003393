internal import Assistant
internal import FoundationEssentials
internal import Postgres

/// Reads the columns of one row; one that is missing or of another type means that the database has another schema
/// than this program.
struct RowReader {
    private let row: PostgresRow
    private let doing: String

    init(_ row: PostgresRow, while doing: String) {
        self.row = row
        self.doing = doing
    }

    private func read<Value>(
        _ name: String, _ column: (String) throws(PostgresError) -> Value
    ) throws(JournalError) -> Value {
        do throws(PostgresError) {
            return try column(name)
        } catch {
            throw JournalError(
                .schemaVersion, "The column \(name) is not what this program expects (while \(doing)).",
                causes: [error.message])
        }
    }

    func text(_ name: String) throws(JournalError) -> String { try read(name, row.string) }
    func optionalText(_ name: String) throws(JournalError) -> String? { try read(name, row.optionalString) }
    func uuid(_ name: String) throws(JournalError) -> UUID { try read(name, row.uuid) }
    func optionalUUID(_ name: String) throws(JournalError) -> UUID? { try read(name, row.optionalUUID) }
    func date(_ name: String) throws(JournalError) -> Date { try read(name, row.date) }
    func optionalDate(_ name: String) throws(JournalError) -> Date? { try read(name, row.optionalDate) }
    func integer(_ name: String) throws(JournalError) -> Int { try read(name, row.int) }
    func optionalInteger(_ name: String) throws(JournalError) -> Int? { try read(name, row.optionalInt) }
    func double(_ name: String) throws(JournalError) -> Double { try read(name, row.double) }
    func optionalDouble(_ name: String) throws(JournalError) -> Double? { try read(name, row.optionalDouble) }
    func bool(_ name: String) throws(JournalError) -> Bool { try read(name, row.bool) }
    func optionalBytes(_ name: String) throws(JournalError) -> [UInt8]? { try read(name, row.optionalBytes) }
    func vector(_ name: String) throws(JournalError) -> [Float] { try read(name, row.vector) }
}
