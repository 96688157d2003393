internal import Assistant
package import JSON

/// What ``GitLog`` gives.
package struct CommitList: ToolOutput {
    package let commits: [CommitEntry]
    /// There are more than were asked for.
    package let hasMore: Bool
    /// A shallow clone ends where it does.
    package let isShallow: Bool
    /// How many there are in all, where that was asked for.
    package var total: Int?

    package var json: JSON {
        var members: [String: JSON] = ["commits": commits.json, "more": .bool(hasMore), "shallow": .bool(isShallow)]
        if let total { members["total"] = .integer(total) }
        return .object(members)
    }
}

extension CommitList {
    package init?(json: JSON) {
        guard let commits = json["commits"].flatMap([CommitEntry].init(json:)), let hasMore = json["more"]?.bool,
            let isShallow = json["shallow"]?.bool
        else { return nil }
        self.init(commits: commits, hasMore: hasMore, isShallow: isShallow, total: json["total"]?.integer)
    }
}
