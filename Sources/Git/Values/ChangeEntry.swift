/// Which two states a hook compares.
package enum ChangeRange: Sendable, Hashable {
    /// HEAD with the index that git is committing; the whole index on an unborn branch.
    case staged
    /// HEAD's first parent with the index: what a commit in place of HEAD would hold.
    case stagedInPlaceOfHead
    /// Two commits; nil stands for nothing.
    case between(String?, String)

    var isStaged: Bool { if case .between = self { false } else { true } }
}

/// One changed file, before anything of its content was read.
package struct ChangeEntry: Sendable, Hashable {
    package let kind: ChangeKind
    /// The new path, or the old one of a deleted file.
    package let path: String
    /// Of a renamed file.
    package let oldPath: String?
    /// Such as 0o100644; 0 where the file does not exist.
    package let oldMode: Int
    package let newMode: Int
    /// Nil where the file does not exist.
    package let oldID: ObjectID?
    package let newID: ObjectID?
    /// Of the new content, or of the old one of a deleted file; of the later files of a long list it may be nil.
    package let sizeInBytes: Int?
    /// `linguist-generated` is set.
    package let isGenerated: Bool
    /// `linguist-vendored` is set.
    package let isVendored: Bool
    /// `-diff` or `binary`: git shows no difference.
    package let isDiffUnset: Bool

    package var isSubmodule: Bool { oldMode == 0o160000 || newMode == 0o160000 }
}

/// What of a file's content is wanted.
package enum ContentWanted: Sendable, Hashable {
    case nothing
    /// How many lines are new and gone.
    case lineCounts
    case patch
}

/// A changed file with as much of its content as was wanted.
package struct ChangeRead: Sendable, Hashable {
    package let entry: ChangeEntry
    /// Of the new content, or of the old one of a deleted file; nil for a submodule or where nobody looked.
    package let sizeInBytes: Int?
    /// Lines; nil where nobody counted.
    package let insertions: Int?
    package let deletions: Int?
    package let isBinary: Bool
    /// It, or what it was, is larger than the bound: nothing was read.
    package let isTooLarge: Bool
    /// In git's format; bytes that are not UTF-8 are replaced. Nil unless it was wanted and is text.
    package let patch: String?
    /// The whole text before and after; nil without a patch, or where the file does not exist.
    package let oldText: String?
    package let newText: String?
}
