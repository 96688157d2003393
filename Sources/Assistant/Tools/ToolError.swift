/// Why a tool did nothing, in words for the model and the person alike.
package struct ToolError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// An argument is wrong; the message lists what is valid.
        case invalidArguments
        /// The path leaves the workspace or names what no tool may touch.
        case outsideWorkspace
        case notFound
        /// The state changed since the call was prepared, or forbids it.
        case conflict
        case failed
        /// It cannot be known whether the effect happened.
        case outcomeUnknown
        case cancelled
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
