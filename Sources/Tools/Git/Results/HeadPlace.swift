internal import Assistant
internal import Git
package import JSON

/// Where HEAD is: in results, intents and what takes a call back.
package struct HeadPlace: ToolOutput {
    /// Nil when it is detached.
    package let branch: String?
    /// Nil before the first commit.
    package let commit: String?

    package var json: JSON { ["branch": .optional(branch), "commit": .optional(commit)] }
}

extension HeadPlace {
    package init?(json: JSON) {
        guard json.object != nil else { return nil }
        self.init(branch: json["branch"]?.string, commit: json["commit"]?.string)
    }

    init(_ head: Head) { self.init(branch: head.branch, commit: head.commit?.hex) }
}
