internal import Assistant
package import JSON

/// What ``GitTagCreate`` gives.
package struct MadeTag: ToolOutput {
    package let tag: String
    /// The commit it names.
    package let short: String

    package var json: JSON { ["tag": .string(tag), "short": .string(short)] }
}

extension MadeTag {
    package init?(json: JSON) {
        guard let tag = json["tag"]?.string, let short = json["short"]?.string else { return nil }
        self.init(tag: tag, short: short)
    }
}
