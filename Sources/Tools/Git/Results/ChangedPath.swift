internal import Assistant
package import JSON

/// A path of the status with what happened to it.
package struct ChangedPath: ToolOutput {
    package let path: String
    /// `added`, `modified`, …
    package let change: String?

    package var json: JSON { ["path": .string(path), "change": .optional(change)] }
}

extension ChangedPath {
    package init?(json: JSON) {
        guard let path = json["path"]?.string else { return nil }
        self.init(path: path, change: json["change"]?.string)
    }
}
