internal import Assistant
internal import Git
package import JSON

/// What ``GitShow`` gives: a commit and its diff, side by side in one object.
package struct CommitView: ToolOutput {
    package let commit: CommitEntry
    /// Of all files, also of those that the diff leaves out.
    package let insertions: Int?
    package let deletions: Int?
    package let diff: DiffText

    package var json: JSON {
        var members = (commit.json.object ?? [:]).merging(diff.members) { _, change in change }
        if let insertions { members["insertions"] = .integer(insertions) }
        if let deletions { members["deletions"] = .integer(deletions) }
        return .object(members)
    }
}

extension CommitView {
    package init?(json: JSON) {
        guard let commit = CommitEntry(json: json), let diff = DiffText(json: json) else { return nil }
        self.init(
            commit: commit, insertions: json["insertions"]?.integer, deletions: json["deletions"]?.integer, diff: diff)
    }

    init(_ shown: ShownCommit) {
        var commit = CommitEntry(shown.commit)
        let counted = commit.changes
        // The diff's files stand in the place of their number.
        commit.changes = nil
        self.init(
            commit: commit, insertions: counted?.insertions, deletions: counted?.deletions, diff: DiffText(shown.diff))
    }
}
