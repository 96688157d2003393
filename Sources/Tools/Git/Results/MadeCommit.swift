internal import Assistant
package import JSON

/// What ``GitCommit`` gives.
package struct MadeCommit: ToolOutput {
    package let id: String
    package let short: String
    package let subject: String
    /// Every path that it changes.
    package let files: [String]

    package var json: JSON {
        ["commit": .string(id), "short": .string(short), "subject": .string(subject), "files": files.json]
    }
}

extension MadeCommit {
    package init?(json: JSON) {
        guard let id = json["commit"]?.string, let short = json["short"]?.string,
            let subject = json["subject"]?.string, let files = json["files"].flatMap([String].init(json:))
        else { return nil }
        self.init(id: id, short: short, subject: subject, files: files)
    }
}
