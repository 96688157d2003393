package import Postgres

/// Why the store could not be read or written, in one sentence for a person.
package struct StoreError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not reached, shut down, or the connection broke.
        case unavailable
        /// The database or the way to it has to be set up otherwise; no retry helps.
        case configuration
        /// Another process has what this one thought to have.
        case fenced
        /// What was asked for does not exist.
        case notFound
        case failed
        case cancelled
    }

    package var kind: Kind
    package var message: String
    package var causes: [String]

    package init(_ kind: Kind, _ message: String, causes: [String] = []) {
        self.kind = kind
        self.message = message
        self.causes = causes
    }
}

extension StoreError {
    /// What a failed statement means to a person, in one sentence.
    package init(_ error: PostgresError, while doing: String) {
        let said = Self.sentence(error)
        let causes = Self.causes(error)
        switch (error.kind, error.sqlState ?? "") {
        case (.cancelled, _):
            self.init(.cancelled, "Cancelled while \(doing).")
        case (_, "57014"):
            self.init(
                .failed, "The database ended a statement while \(doing): \(said) Its statement_timeout is too short.",
                causes: causes)
        case (.connection, _) where !error.mayPass:
            self.init(
                .unavailable,
                "The store let nobody in while \(doing): \(said) `vocero config` shows where its URL is from.",
                causes: causes)
        case (.connection, _), (.poolClosed, _), (_, "57P01"), (_, "57P02"), (_, "57P03"), (_, "53300"):
            self.init(
                .unavailable, "The store did not answer while \(doing): \(said) Try again, or run `vocero doctor`.",
                causes: causes)
        case (_, "42P01"), (_, "42703"), (_, "3F000"):
            self.init(
                .configuration, "The database has not the tables this program expects: run `vocero db migrate`.",
                causes: causes)
        case (.schemaMismatch, _), (.unreadable, _), (.misuse, _):
            self.init(.configuration, error.message, causes: causes)
        case (_, "42501"):
            self.init(
                .configuration,
                "The database's role may not do what is needed while \(doing): \(said) `vocero doctor` says what it lacks.",
                causes: causes)
        case (_, "53100"):
            self.init(
                .unavailable, "The store's disk is full (while \(doing)): make room and try again.", causes: causes)
        case (_, "25006"):
            self.init(
                .unavailable,
                "The store takes no writes, it is read-only (while \(doing)): connect to the primary server, or with "
                    + "a role that may write.", causes: causes)
        default:
            self.init(.failed, "The store refused a statement while \(doing): \(said)", causes: causes)
        }
    }

    private static func sentence(_ error: PostgresError) -> String {
        let message = error.message.prefix { !$0.isNewline }
        return message.hasSuffix(".") ? String(message) : message + "."
    }

    private static func causes(_ error: PostgresError) -> [String] {
        [error.sqlState.map { "SQLSTATE \($0)" }, error.detail, error.hint].compactMap(\.self)
    }
}
