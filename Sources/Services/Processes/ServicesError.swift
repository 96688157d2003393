/// Why a private service could not be found, made, started or stopped. Nothing was harmed when one is thrown.
package struct ServicesError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// The program, or a part of it such as pgvector or a model, is not installed.
        case notInstalled
        /// The server's user cannot enter or write a directory, or somebody else owns it.
        case permission
        /// What lies where the data should be is not a PostgreSQL data directory.
        case notACluster
        /// The data were made by another major version of PostgreSQL than the one found.
        case wrongVersion
        case diskFull
        /// The data directory could not be made.
        case creationFailed
        /// The server ended before it was ready.
        case startFailed
        case startTimedOut
        case stopTimedOut
        case cancelled
    }

    package var code: Code
    /// A full sentence: what, where, and what to do next.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    static let cancelled = ServicesError(.cancelled, "The start of a service was interrupted; run the command again.")
}
