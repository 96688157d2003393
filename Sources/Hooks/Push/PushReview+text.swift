internal import Git

extension PushReview {
    private static let mostCommits = 10
    private static let mostRisks = 20

    /// The summary as lines for stderr, without a model.
    package var lines: [String] {
        parts.flatMap { part in headline(part) + commits(part) + files(part) } + riskLines
            + gaps.map { "not looked at: \($0)" }
    }

    private func headline(_ part: Part) -> [String] {
        let update = part.update
        let target = (remote.isEmpty ? "" : remote + " ") + (update.isTag ? "tag " : "") + update.name
        guard !part.commits.isEmpty else { return ["\(target): no new commits"] }
        let authors = Set(part.commits.map(\.author.name)).sorted()
        let shown = authors.prefix(3).joined(separator: ", ") + (authors.count > 3 ? " and others" : "")
        let count = "\(part.commits.count)\(part.hasMoreCommits ? " or more" : "")"
        let range = update.remote.map { "\($0.short)..\(update.local?.short ?? "")" } ?? "new"
        return ["\(target) (\(range)): \(count) \(part.commits.count == 1 ? "commit" : "commits") by \(shown)"]
    }

    private func commits(_ part: Part) -> [String] {
        let shown = part.commits.prefix(Self.mostCommits).map { "  \($0.shortID) \($0.subject)" }
        let more = part.commits.count - shown.count
        return shown + (more > 0 ? ["  and \(more) more"] : [])
    }

    private func files(_ part: Part) -> [String] {
        guard let change = part.change, !change.isEmpty else { return [] }
        return ["  " + change.extent]
    }

    private var riskLines: [String] {
        let shown = risks.prefix(Self.mostRisks).map { "risk: \($0.kind.rawValue): \($0.detail)" }
        let more = risks.count - shown.count
        return shown + (more > 0 ? ["risk: and \(more) more"] : [])
    }
}
