internal import Assistant
package import JSON

/// What ``GitBranchCreate`` gives.
package struct MadeBranch: ToolOutput {
    package let branch: String
    /// The commit it stands at.
    package let short: String

    package var json: JSON { ["branch": .string(branch), "short": .string(short)] }
}

extension MadeBranch {
    package init?(json: JSON) {
        guard let branch = json["branch"]?.string, let short = json["short"]?.string else { return nil }
        self.init(branch: branch, short: short)
    }
}
