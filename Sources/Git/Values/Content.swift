/// A file as it was at a commit.
package struct FileContent: Sendable, Hashable {
    package let path: String
    package let commit: ObjectID
    /// At most the bytes that were asked for.
    package let bytes: [UInt8]
    /// Of the whole file.
    package let sizeInBytes: Int
    package let isBinary: Bool
    package let mode: Int

    package var isTruncated: Bool { bytes.count < sizeInBytes }
}

/// Lines that one commit left in a file.
package struct BlameHunk: Sendable, Hashable {
    /// From 1, in the file as it is at ``Blame/commit``.
    package let lines: ClosedRange<Int>
    package let commit: ObjectID
    package let shortID: String
    package let author: Signature
    package let subject: String
    /// The file's name in that commit, where it was another.
    package let originalPath: String?
    /// The text of the lines, without line ends.
    package let text: [String]
}

/// Who wrote the lines of a file.
package struct Blame: Sendable, Hashable {
    package let path: String
    package let commit: ObjectID
    package let hunks: [BlameHunk]
    /// Of the whole file.
    package let lineCount: Int
    /// The file in the work tree differs from the one that was blamed.
    package let hasUncommittedChanges: Bool
}
