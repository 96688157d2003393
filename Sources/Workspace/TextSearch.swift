/// What to look for in the files' text.
package struct TextSearch: Sendable, Hashable {
    package var text: String
    package var isCaseSensitive: Bool
    /// Only files that match one of these; all when empty.
    package var files: [Glob]
    /// Where to start.
    package var directory: WorkspacePath
    package var limit: Int

    package init(
        _ text: String, isCaseSensitive: Bool = false, files: [Glob] = [], directory: WorkspacePath = .root,
        limit: Int = 200
    ) {
        self.text = text
        self.isCaseSensitive = isCaseSensitive
        self.files = files
        self.directory = directory
        self.limit = limit
    }
}

/// Where the text was found.
package struct TextMatches: Sendable, Hashable {
    package struct Match: Sendable, Hashable {
        package let path: WorkspacePath
        /// From 1.
        package let line: Int
        /// The line, at most 300 characters around the match, without its end.
        package let text: String
    }

    package var matches: [Match] = []
    package var filesSearched = 0
    /// Binary, too large or unreadable.
    package var filesSkipped = 0
    /// There may be more: a limit was reached.
    package var isTruncated = false
}
