internal import Git
package import Hashing

/// What a hook looks at: every changed file, and the patches that are worth reading.
package struct ChangeSet: Sendable {
    /// In git's order, at most ``ChangeReading/mostFiles``.
    package var files: [ChangedFile]
    package var moreFiles: Int
    /// Secrets are taken out of them.
    package var patches: [FilePatch]
    /// Of the ids before and after: equal changes have equal identities.
    package var identity: ContentHash

    package var isEmpty: Bool { files.isEmpty }
    /// Files, listed or not.
    package var count: Int { files.count + moreFiles }

    /// `3 files, +12 -4`; with `or more` where not every text was counted.
    var extent: String {
        let insertions = files.compactMap(\.insertions).reduce(0, +)
        let deletions = files.compactMap(\.deletions).reduce(0, +)
        let isPartial = moreFiles > 0 || files.contains { !$0.fileClass.isStatisticsOnly && $0.insertions == nil }
        return "\(count) \(count == 1 ? "file" : "files"), +\(insertions) -\(deletions)" + (isPartial ? " or more" : "")
    }
}

/// The difference of one file, as it may be shown.
package struct FilePatch: Sendable, Hashable {
    package let path: String
    package let fileClass: FileClass
    /// In git's format.
    package let text: String
}

extension ChangedFile {
    init(_ read: ChangeRead, class fileClass: FileClass) {
        let entry = read.entry
        self.init(
            kind: entry.kind, path: entry.path, oldPath: entry.oldPath, oldMode: entry.oldMode,
            newMode: entry.newMode, fileClass: fileClass, insertions: read.insertions, deletions: read.deletions,
            sizeInBytes: entry.isSubmodule ? nil : read.sizeInBytes)
    }
}
