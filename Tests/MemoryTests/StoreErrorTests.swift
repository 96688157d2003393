import Postgres
import Store
import Testing

struct `What is said of a failed statement` {
    @Test(arguments: [
        (
            PostgresError(.connection, sqlState: "28P01", message: "Cannot connect: no such password"),
            StoreError.Kind.unavailable
        ),
        (PostgresError(.connection, sqlState: "3D000", message: "Cannot connect: no such database"), .unavailable),
        (
            PostgresError(.connection, sqlState: "28000", message: "Cannot connect: no entry for this host"),
            .unavailable
        ),
        (PostgresError(.unreadable, message: "The connection string cannot be read."), .configuration),
        (PostgresError(.schemaMismatch, message: "Another schema."), .configuration),
        (
            PostgresError(.server, sqlState: "25006", message: "cannot execute INSERT in a read-only transaction"),
            .unavailable
        ),
        (PostgresError(.server, sqlState: "42501", message: "permission denied for table runs"), .configuration),
        (PostgresError(.server, sqlState: "57014", message: "canceling statement due to statement timeout"), .failed),
        (PostgresError(.server, sqlState: "23505", message: "duplicate key"), .failed),
    ])
    func `does not say that it may be tried again where that cannot help`(
        error: PostgresError, kind: StoreError.Kind
    ) {
        let said = StoreError(error, while: "a test ran")
        #expect(said.kind == kind)
        #expect(!said.message.lowercased().contains("try again"), "\(said.message)")
    }

    @Test(arguments: ["57P01", "57P03", "53300", nil])
    func `says so where it can`(state: String?) {
        let said = StoreError(PostgresError(.connection, sqlState: state, message: "Refused"), while: "a test ran")
        #expect(said.kind == .unavailable && said.message.contains("Try again"))
    }

    @Test func `tells the server's own limit of time from a person's Ctrl-C`() {
        let limit = StoreError(PostgresError(.server, sqlState: "57014", message: "statement timeout"), while: "it ran")
        #expect(limit.kind == .failed && limit.message.contains("statement_timeout"))
        #expect(StoreError(PostgresError(.cancelled, message: "Cancelled."), while: "it ran").kind == .cancelled)
    }
}
