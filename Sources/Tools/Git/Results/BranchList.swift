internal import Assistant
internal import FoundationEssentials
internal import Git
package import JSON

/// What ``GitBranches`` gives.
package struct BranchList: ToolOutput {
    package struct Entry: ToolOutput {
        package let name: String
        package let isRemote: Bool
        package let isHead: Bool
        package let short: String
        package let subject: String
        /// ISO 8601, UTC.
        package let date: String
        package let upstream: String?

        package var json: JSON {
            [
                "name": .string(name), "remote": .bool(isRemote), "head": .bool(isHead), "short": .string(short),
                "subject": .string(subject), "date": .string(date), "upstream": .optional(upstream),
            ]
        }
    }

    package let branches: [Entry]

    package var json: JSON { ["branches": branches.json] }
}

extension BranchList {
    package init?(json: JSON) {
        guard let branches = json["branches"].flatMap([Entry].init(json:)) else { return nil }
        self.init(branches: branches)
    }

    init(_ branches: [Branch]) {
        self.init(
            branches: branches.map { branch in
                Entry(
                    name: branch.name, isRemote: branch.isRemote, isHead: branch.isHead, short: branch.shortID,
                    subject: branch.subject, date: branch.date.formatted(.iso8601), upstream: branch.upstream?.name)
            })
    }
}

extension BranchList.Entry {
    package init?(json: JSON) {
        guard let name = json["name"]?.string, let isRemote = json["remote"]?.bool, let isHead = json["head"]?.bool,
            let short = json["short"]?.string, let subject = json["subject"]?.string, let date = json["date"]?.string
        else { return nil }
        self.init(
            name: name, isRemote: isRemote, isHead: isHead, short: short, subject: subject, date: date,
            upstream: json["upstream"]?.string)
    }
}
