package import Git

/// One file of a change, as digests and prompts see it.
package struct ChangedFile: Sendable, Hashable {
    package var kind: ChangeKind
    /// The new path, or the old one of a deleted file; bytes that are not UTF-8 are replaced.
    package var path: String
    /// Of a renamed or copied file.
    package var oldPath: String?
    /// Such as 0o100644; 0 where the file does not exist.
    package var oldMode: Int
    package var newMode: Int
    package var fileClass: FileClass
    /// Nil where nobody counted: the file is too large, binary, or a class whose lines say nothing.
    package var insertions: Int?
    package var deletions: Int?
    /// Of the new content, or of the old one of a deleted file; nil for a submodule.
    package var sizeInBytes: Int?

    package init(
        kind: ChangeKind, path: String, oldPath: String? = nil, oldMode: Int = 0o100644, newMode: Int = 0o100644,
        fileClass: FileClass = .source, insertions: Int? = nil, deletions: Int? = nil, sizeInBytes: Int? = nil
    ) {
        self.kind = kind
        self.path = path
        self.oldPath = oldPath
        self.oldMode = oldMode
        self.newMode = newMode
        self.fileClass = fileClass
        self.insertions = insertions
        self.deletions = deletions
        self.sizeInBytes = sizeInBytes
    }
}
