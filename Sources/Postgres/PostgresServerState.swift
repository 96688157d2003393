internal import Concurrency
internal import CPostgres

/// Whether a server takes connections, as `pg_isready` sees it: nobody logs in.
package enum PostgresServerState: Sendable, Hashable {
    case accepting
    /// It is there, and starts, stops or recovers.
    case rejecting
    case noResponse
    /// The connection string cannot be read.
    case notAttempted
}

/// Asks a server whether it takes connections. Waits for `connect_timeout`, or three seconds.
package func postgresServerState(_ connectionString: String) async -> PostgresServerState {
    await blocking(label: "vocero.postgres.ping") { () throws(Never) in
        let answer = unsafe withCStrings(["connect_timeout", "dbname"]) { keywords in
            unsafe withCStrings(["3", connectionString]) { values in unsafe PQpingParams(keywords, values, 1) }
        }
        return switch answer {
        case PQPING_OK: .accepting
        case PQPING_REJECT: .rejecting
        case PQPING_NO_ATTEMPT: .notAttempted
        default: .noResponse
        }
    }
}
