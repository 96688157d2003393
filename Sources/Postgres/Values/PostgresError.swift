/// What libpq or the server said.
///
/// `message` and ``description`` hold neither the password nor parameter values; `detail` and `hint` are the
/// server's own words and may quote the row that was refused.
package struct PostgresError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not reached, refused, starting up, shutting down, or broken in between.
        case connection
        /// The connection string; no retry helps.
        case unreadable
        /// The server refused a statement; `sqlState` says why.
        case server
        /// A value that cannot be sent as, or read as, what was asked for.
        case decoding
        case cancelled
        case poolClosed
        /// The database's migrations are not this program's: newer, changed or out of order.
        case schemaMismatch
        /// The caller asked for what this module does not do, such as a transaction in a transaction.
        case misuse
    }

    package var kind: Kind
    /// Five characters, such as `23505`; nil when the server did not say.
    package var sqlState: String?
    package var message: String
    package var detail: String?
    package var hint: String?
    package var constraint: String?

    package init(
        _ kind: Kind, sqlState: String? = nil, message: String, detail: String? = nil, hint: String? = nil,
        constraint: String? = nil
    ) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        guard let sqlState else { return message }
        return "\(message) (SQLSTATE \(sqlState))"
    }

    /// The same: a dump of all fields would show the refused row.
    package var debugDescription: String { description }
}

extension PostgresError {
    /// Whether it may pass by itself: not what a password, a name or a right that is wrong has caused.
    package var mayPass: Bool {
        switch kind {
        case .connection: sqlState.map { Self.isConnectionLoss($0) } ?? true
        case .poolClosed, .cancelled: true
        case .server, .decoding, .schemaMismatch, .misuse, .unreadable: false
        }
    }

    static let cancelled = PostgresError(.cancelled, message: "The statement was cancelled.")
    static let closed = PostgresError(.connection, message: "The connection to PostgreSQL is closed.")
    static let poolClosed = PostgresError(.poolClosed, message: "The pool of PostgreSQL connections is closed.")

    /// The states that say "not on this connection": 08 connection exceptions, a server that stops (57P01),
    /// crashed (57P02), starts (57P03), is full (53300) or ended the session by a limit of time.
    static func isConnectionLoss(_ sqlState: String) -> Bool {
        sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "53300", "25P03", "25P04"].contains(sqlState)
    }
}

/// Class 22, data exceptions, quotes the value in its message: `invalid input syntax for type integer: "…"`.
func messageWithoutValues(_ message: String, sqlState: String?) -> String {
    guard let sqlState, sqlState.hasPrefix("22"), let first = message.firstIndex(of: "\""),
        let last = message.lastIndex(of: "\""), first < last
    else { return message }
    return message[...first] + "…" + message[last...]
}
