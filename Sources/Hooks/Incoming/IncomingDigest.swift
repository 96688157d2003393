internal import FoundationEssentials
package import Git

/// What came into a branch: commits, authors, files, and what deserves a look.
package struct IncomingDigest: Sendable {
    package let range: IncomingRange
    package let commits: [Commit]
    package let hasMoreCommits: Bool
    package let change: ChangeSet

    private static let mostCommits = 30
    private static let mostNotable = 15

    /// Nil when nothing came in.
    package static func read(
        _ range: IncomingRange, repository: Repository, reading: ChangeReading
    ) async throws(GitError) -> IncomingDigest? {
        let found = try await repository.commits(from: range.from.hex, to: range.to.hex)
        let own = Set(range.own)
        let commits = found.commits.filter { !own.contains($0.id) && !isOwnMerge($0, of: range) }
        guard !commits.isEmpty else { return nil }
        let change = try await reading.read(.between(range.from.hex, range.to.hex))
        return IncomingDigest(range: range, commits: commits, hasMoreCommits: found.hasMore, change: change)
    }

    /// The merge commit that brought it in is not what came in.
    private static func isOwnMerge(_ commit: Commit, of range: IncomingRange) -> Bool {
        commit.id == range.to && commit.parents.count > 1 && commit.parents.first == range.from
    }

    /// One line: `main: 5 commits by 2 authors (1a2b3c4..5d6e7f8)`.
    package var title: String {
        let authors = Set(commits.map(\.author.name)).count
        let count = "\(commits.count)\(hasMoreCommits ? " or more" : "") \(commits.count == 1 ? "commit" : "commits")"
        let by = authors == 1 ? "1 author" : "\(authors) authors"
        return "\(range.branch ?? "HEAD"): \(count) by \(by) (\(range.from.short)..\(range.to.short))"
    }

    /// Without a model, in Markdown.
    package var text: String {
        var lines = [title, ""]
        for commit in commits.prefix(Self.mostCommits) {
            lines.append("- `\(commit.shortID)` \(commit.subject) — \(commit.author.name)")
        }
        if commits.count > Self.mostCommits { lines.append("- and \(commits.count - Self.mostCommits) more") }
        lines += ["", change.extent + "."]
        let notable = ChangeRisk.of(change.files)
        if !notable.isEmpty {
            lines.append("")
            lines += notable.prefix(Self.mostNotable).map { "- \($0.kind.rawValue): \($0.detail)" }
        }
        return lines.joined(separator: "\n")
    }
}
