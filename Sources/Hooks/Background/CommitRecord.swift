package import Assistant
internal import Counting
internal import FoundationEssentials
package import Git
internal import Hashing

/// A commit as memory keeps it: what was committed, and a summary that later questions find.
package struct CommitRecord: Sendable {
    package let commit: Commit
    package let branch: String?
    package let change: ChangeSet

    private static let mostFiles = 20

    package init(commit: Commit, branch: String?, change: ChangeSet) {
        self.commit = commit
        self.branch = branch
        self.change = change
    }

    package var text: String {
        "Committed \(commit.shortID)\(branch.map { " on \($0)" } ?? ""): \(commit.subject)"
    }

    package var summary: String {
        let count = change.count
        var lines = [commit.subject]
        if !commit.body.isEmpty { lines += ["", commit.body] }
        lines += [
            "", "\(commit.author.name), \(change.extent):",
        ]
        lines += change.files.prefix(Self.mostFiles).map {
            "- \($0.kind.rawValue) `\(DisplayPath.text($0.path))`"
        }
        if count > Self.mostFiles { lines.append("- and \(count - Self.mostFiles) more") }
        return lines.joined(separator: "\n")
    }

    /// Stores both as one turn. The same commit has the same run, however often it is recorded.
    package func keep(in journal: any Journal, repositoryName: String) async throws(JournalError) -> RunID {
        let ids = CommitIdentifiers(commit, repositoryName: repositoryName)
        let opened = RunOpening(
            run: ids.run, messageID: ids.question, text: text, source: .hook, mode: .hook, agent: "post-commit",
            session: .key("hooks:\(repositoryName)"), repository: repositoryName, model: "digest",
            limits: RunLimits(maxSteps: 1, maxToolCalls: 1), startedAt: commit.committer.date)
        _ = try await journal.begin(opened)
        try await journal.finish(
            RunClosing(
                run: ids.run, state: .done, messageID: ids.answer, answer: summary, usage: Usage(), costInUSD: 0,
                reason: nil, endedAt: .now))
        return ids.run
    }
}

/// Names made from a commit's id, so that recording it twice stores it once.
private struct CommitIdentifiers {
    let run: RunID
    let question: UUID
    let answer: UUID

    init(_ commit: Commit, repositoryName: String) {
        let make = { (part: String) -> UUID in
            let hash = ContentHash(ofText: "\(repositoryName) \(commit.id.hex) \(part)").bytes
            let milliseconds = UInt64(saturating: commit.committer.date.timeIntervalSince1970 * 1000)
            let time = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) }
            // Version 7: the time in front, so that it sorts with the others.
            return UUID(
                uuid: (
                    time[0], time[1], time[2], time[3], time[4], time[5], 0x70 | hash[0] & 0x0f, hash[1],
                    0x80 | hash[2] & 0x3f, hash[3], hash[4], hash[5], hash[6], hash[7], hash[8], hash[9]
                ))
        }
        run = RunID(make("run"))
        question = make("question")
        answer = make("answer")
    }
}
