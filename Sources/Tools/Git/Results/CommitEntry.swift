internal import Assistant
internal import FoundationEssentials
internal import Git
package import JSON

/// A commit as tools tell of it.
package struct CommitEntry: ToolOutput {
    /// What it changes, where that was counted.
    package struct Changes: Sendable, Hashable {
        package let files: Int
        package let insertions: Int
        package let deletions: Int
    }

    package let id: String
    package let short: String
    package let author: String
    package let email: String
    /// ISO 8601, UTC.
    package let date: String
    package let subject: String
    /// Its beginning; empty when there is none.
    package let body: String
    package var changes: Changes?

    package var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "short": .string(short), "author": .string(author), "email": .string(email),
            "date": .string(date), "subject": .string(subject),
        ]
        if !body.isEmpty { members["body"] = .string(body) }
        if let changes {
            members["files"] = .integer(changes.files)
            members["insertions"] = .integer(changes.insertions)
            members["deletions"] = .integer(changes.deletions)
        }
        return .object(members)
    }

    package init?(json: JSON) {
        guard let id = json["id"]?.string, let short = json["short"]?.string, let author = json["author"]?.string,
            let email = json["email"]?.string, let date = json["date"]?.string, let subject = json["subject"]?.string
        else { return nil }
        (self.id, self.short, self.author, self.email) = (id, short, author, email)
        (self.date, self.subject, body) = (date, subject, json["body"]?.string ?? "")
        if let files = json["files"]?.integer, let insertions = json["insertions"]?.integer,
            let deletions = json["deletions"]?.integer
        {
            changes = Changes(files: files, insertions: insertions, deletions: deletions)
        } else {
            changes = nil
        }
    }
}

extension CommitEntry {
    init(_ commit: Commit) {
        id = commit.id.hex
        short = commit.shortID
        author = commit.author.name
        email = commit.author.email
        date = commit.author.date.formatted(.iso8601)
        subject = commit.subject
        body = String(commit.body.prefix(1000))
        changes = commit.changes.map {
            Changes(files: $0.files, insertions: $0.insertions, deletions: $0.deletions)
        }
    }
}
