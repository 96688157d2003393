internal import FoundationEssentials

/// What may be done without asking, as a user wrote it down. Each section is a grant of its own:
///
///     [allow "file_create"]
///         repository = *
///         path = docs/**
///         max = 20
///         expires = 2027-01-31
package struct PolicyFile: Sendable, Hashable {
    /// The name of an entry that begins a section, as the parser of policies gives it: two sections of one tool are two
    /// grants, and neither lends the other its paths.
    package static let sectionMark = "vocero-section-begins"

    /// In their order.
    package let grants: [PolicyGrant]

    package init(grants: [PolicyGrant]) {
        self.grants = grants
    }

    /// Reads the entries of a file in git's configuration syntax, keys as `allow.TOOL.NAME`. `tools` are the
    /// tools that write, so that a misspelt grant is an error and not a silent nothing.
    package init(entries: [(key: String, value: String)], tools: Set<String>) throws(PolicyFileError) {
        var drafts: [(tool: String, draft: PolicyGrantDraft)] = []
        for (key, value) in entries {
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].lowercased() == "allow" else {
                throw PolicyFileError(message: "\(key) is not understood; a policy has only [allow \"TOOL\"] sections")
            }
            let tool = String(parts[1])
            guard tools.contains(tool) else {
                let known = tools.sorted().joined(separator: ", ")
                throw PolicyFileError(message: "[allow \"\(tool)\"] names no tool that writes; there are \(known)")
            }
            let name = parts[2].lowercased()
            let latest = drafts.lastIndex { $0.tool == tool }
            if name == Self.sectionMark || latest == nil { drafts.append((tool, PolicyGrantDraft())) }
            guard name != Self.sectionMark, let index = drafts.lastIndex(where: { $0.tool == tool }) else { continue }
            try drafts[index].draft.take(name: name, value: value, tool: tool)
        }
        var grants: [PolicyGrant] = []
        for (tool, draft) in drafts { grants.append(try draft.grant(tool: tool)) }
        self.grants = grants
    }
}

package struct PolicyFileError: Error, Sendable, Hashable {
    package let message: String
}

private struct PolicyGrantDraft {
    var repositories: [PathPattern] = []
    var paths: [PathPattern] = []
    var maxUses: Int?
    var expiresAt: Date?

    mutating func take(name: String, value: String, tool: String) throws(PolicyFileError) {
        switch name {
        case "repository": repositories.append(PathPattern(value))
        case "path": paths.append(PathPattern(value))
        case "max":
            guard let count = Int(value), count >= 0 else {
                throw PolicyFileError(message: "[allow \"\(tool)\"] max = \(value) is not a whole number")
            }
            maxUses = count
        case "expires":
            // The named day still counts.
            guard let day = try? Date("\(value)T00:00:00Z", strategy: .iso8601) else {
                throw PolicyFileError(message: "[allow \"\(tool)\"] expires = \(value) is not a day such as 2027-01-31")
            }
            expiresAt = day.addingTimeInterval(86_400)
        default:
            throw PolicyFileError(
                message: "[allow \"\(tool)\"] has no setting \(name); there are repository, path, max and expires")
        }
    }

    func grant(tool: String) throws(PolicyFileError) -> PolicyGrant {
        guard !repositories.isEmpty else {
            throw PolicyFileError(message: "[allow \"\(tool)\"] needs repository = PATTERN (* for every repository)")
        }
        return PolicyGrant(
            tool: tool, repositories: repositories, paths: paths, maxUses: maxUses, expiresAt: expiresAt)
    }
}
