/// Bounds that hold however large a repository is.
package enum WorkspaceLimits {
    /// The largest file that is read, searched or written, in bytes.
    package static let fileSize = 1 << 20
    /// The most bytes that an undo record keeps; what would need more is refused.
    package static let undoSize = 8 << 20
    /// The most files and directories that one change touches.
    package static let paths = 1_000
    /// The most entries a walk of the tree looks at.
    package static let walkedEntries = 200_000
    /// The deepest directory that is entered.
    package static let depth = 64
}
