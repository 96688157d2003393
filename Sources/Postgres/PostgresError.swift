/// What libpq or the server said.
package struct PostgresError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not reached, refused, starting up, shutting down, or broken in between.
        case connection
        /// The server refused a statement; `sqlState` says why.
        case server
        case decoding
        case cancelled
        case poolClosed
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
