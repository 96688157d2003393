/// Why nothing was read or changed.
package struct WorkspaceError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable, CaseIterable {
        /// The text is no path that a workspace accepts.
        case invalidPath
        /// The request makes no sense as it is: nothing to look for, a pattern that is none.
        case invalidRequest
        /// The path leaves the root, passes through a symbolic link or names what no tool may touch.
        case outside
        case notFound
        case exists
        /// A directory, device, pipe or socket where a file is needed.
        case notAFile
        case notADirectory
        case directoryNotEmpty
        /// Not text: it holds NUL bytes or is not UTF-8.
        case binary
        case tooLarge
        /// The file changed since it was looked at, or the old text is not there as often as it was said to be.
        case conflict
        case noSpace
        case permission
        case cancelled
        /// The system said something else.
        case failed
    }

    package var kind: Kind
    /// One sentence: what, where, what to do next.
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
