internal import Assistant
internal import Git
package import JSON

/// The files of a diff and its patch, both cut where they are too long.
package struct DiffText: ToolOutput {
    package let files: [ChangedFile]
    package let hasMoreFiles: Bool
    package let patch: String
    package let isPatchCut: Bool

    package var json: JSON { .object(members) }

    var members: [String: JSON] {
        [
            "files": files.json, "more_files": .bool(hasMoreFiles), "patch": .string(patch),
            "patch_cut": .bool(isPatchCut),
        ]
    }
}

extension DiffText {
    package init?(json: JSON) {
        guard let files = json["files"].flatMap([ChangedFile].init(json:)), let hasMore = json["more_files"]?.bool,
            let patch = json["patch"]?.string, let isCut = json["patch_cut"]?.bool
        else { return nil }
        self.init(files: files, hasMoreFiles: hasMore, patch: patch, isPatchCut: isCut)
    }

    init(_ diff: Diff) {
        self.init(
            files: diff.files.map(ChangedFile.init), hasMoreFiles: diff.hasMoreFiles, patch: diff.patch,
            isPatchCut: diff.isPatchTruncated)
    }
}
