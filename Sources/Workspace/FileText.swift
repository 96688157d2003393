package import Hashing

/// Text that was read from a file.
package struct FileText: Sendable, Hashable {
    package let path: WorkspacePath
    /// The lines that were asked for, with their line ends.
    package let text: String
    /// Of the first line in `text`, from 1.
    package let firstLine: Int
    /// Of the last line in `text`; `firstLine - 1` when there is none.
    package let lastLine: Int
    /// Of the whole file.
    package let lineCount: Int
    /// Of the whole file, in bytes.
    package let size: Int
    /// Of the whole file.
    package let hash: ContentHash
}
