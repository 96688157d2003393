internal import Git
package import JSON

/// What goes out with a push, and what a model says of it.
package struct PushOutcome: Sendable {
    package let review: PushReview
    package let summary: HookSummary
    /// Both for a person, without secrets.
    package let lines: [String]
}

extension PushOutcome {
    package var json: JSON {
        [
            "remote": .string(review.remote), "updates": .array(review.parts.map(\.json)),
            "gaps": .array(review.gaps.map { .string($0) }), "summary": .optional(summary.text),
            "reason": .optional(summary.failure),
        ]
    }
}

extension PushReview.Part {
    fileprivate var json: JSON {
        [
            "reference": .string(update.remoteReference), "from": update.remote.map { .string($0.hex) } ?? .null,
            "to": update.local.map { .string($0.hex) } ?? .null,
            "commits": .array(
                commits.map { commit in
                    [
                        "id": .string(commit.id.hex), "subject": .string(commit.subject),
                        "author": .string(commit.author.name),
                    ]
                }),
            "has_more_commits": .bool(hasMoreCommits), "files": .integer(change.map { $0.count } ?? 0),
            "risks": .array(risks.map { ["kind": .string($0.kind.rawValue), "detail": .string($0.detail)] }),
        ]
    }
}
