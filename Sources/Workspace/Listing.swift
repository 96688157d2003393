/// What a walk of the workspace found.
package struct Listing: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable { case file, directory, symbolicLink, other }

        package let path: WorkspacePath
        package let kind: Kind
        /// In bytes; 0 for what is not a file.
        package let size: Int
    }

    /// Each directory before what it holds, names in byte order.
    package var entries: [Entry] = []
    /// There was more than the limit.
    package var isTruncated = false
    /// Entries whose names are no paths here: not UTF-8, with control characters, disguised as `.git`.
    package var unnameable = 0
}
