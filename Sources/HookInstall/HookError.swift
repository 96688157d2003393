/// Why a hook or its installation could not do what it was asked. The message is a sentence for a person.
package struct HookError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// What was named is not there.
        case notFound
        /// What was given cannot be used: a message file that is no text, a range that is none.
        case badInput
        /// Not done because of what is in the way; the message says what would allow it.
        case refused
        case cancelled
        case failed
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
