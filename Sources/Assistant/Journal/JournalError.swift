/// Why the store did not take or give something.
package struct JournalError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not reached, shut down, or the connection broke.
        case unavailable
        /// The database or the way to it has to be set up otherwise; no retry helps.
        case configuration
        /// Another process owns the run now.
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
