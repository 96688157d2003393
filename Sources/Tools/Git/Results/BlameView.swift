internal import Assistant
internal import FoundationEssentials
internal import Git
package import JSON

/// What ``GitBlame`` gives.
package struct BlameView: ToolOutput {
    package struct Author: ToolOutput {
        package let name: String
        package let lines: Int

        package var json: JSON { ["author": .string(name), "lines": .integer(lines)] }
    }

    /// Lines that stand together and came with one commit.
    package struct Hunk: ToolOutput {
        package let firstLine: Int
        package let lastLine: Int
        package let commit: String
        package let author: String
        /// ISO 8601, UTC.
        package let date: String
        package let subject: String

        package var json: JSON {
            [
                "first_line": .integer(firstLine), "last_line": .integer(lastLine), "commit": .string(commit),
                "author": .string(author), "date": .string(date), "subject": .string(subject),
            ]
        }
    }

    package let path: String
    /// Most lines first.
    package let authors: [Author]
    /// The first ones.
    package let hunks: [Hunk]
    package let lines: Int
    package let hasUncommittedChanges: Bool

    package var json: JSON {
        [
            "path": .string(path), "authors": authors.json, "hunks": hunks.json, "lines": .integer(lines),
            "uncommitted_changes": .bool(hasUncommittedChanges),
        ]
    }
}

extension BlameView {
    package init?(json: JSON) {
        guard let path = json["path"]?.string, let authors = json["authors"].flatMap([Author].init(json:)),
            let hunks = json["hunks"].flatMap([Hunk].init(json:)), let lines = json["lines"]?.integer,
            let hasUncommittedChanges = json["uncommitted_changes"]?.bool
        else { return nil }
        self.init(
            path: path, authors: authors, hunks: hunks, lines: lines, hasUncommittedChanges: hasUncommittedChanges)
    }

    init(_ blame: Blame) {
        var lines: [String: Int] = [:]
        for hunk in blame.hunks { lines[hunk.author.name, default: 0] += hunk.lines.count }
        let authors = lines.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(Author.init)
        let hunks = blame.hunks.prefix(200).map { hunk in
            Hunk(
                firstLine: hunk.lines.lowerBound, lastLine: hunk.lines.upperBound, commit: hunk.shortID,
                author: hunk.author.name, date: hunk.author.date.formatted(.iso8601), subject: hunk.subject)
        }
        self.init(
            path: blame.path, authors: authors, hunks: hunks, lines: blame.lineCount,
            hasUncommittedChanges: blame.hasUncommittedChanges)
    }
}

extension BlameView.Author {
    package init?(json: JSON) {
        guard let name = json["author"]?.string, let lines = json["lines"]?.integer else { return nil }
        self.init(name: name, lines: lines)
    }
}

extension BlameView.Hunk {
    package init?(json: JSON) {
        guard let firstLine = json["first_line"]?.integer, let lastLine = json["last_line"]?.integer,
            let commit = json["commit"]?.string, let author = json["author"]?.string,
            let date = json["date"]?.string, let subject = json["subject"]?.string
        else { return nil }
        self.init(
            firstLine: firstLine, lastLine: lastLine, commit: commit, author: author, date: date, subject: subject)
    }
}
