internal import Assistant
package import JSON

/// What ``GitDiff`` gives.
package struct DiffView: ToolOutput {
    package let diff: DiffText
    package let from: String
    /// Nil: the work tree, or the index.
    package let to: String?

    package var json: JSON {
        var members = diff.members
        members["from"] = .string(from)
        if let to { members["to"] = .string(to) }
        return .object(members)
    }
}

extension DiffView {
    package init?(json: JSON) {
        guard let diff = DiffText(json: json), let from = json["from"]?.string else { return nil }
        self.init(diff: diff, from: from, to: json["to"]?.string)
    }
}
