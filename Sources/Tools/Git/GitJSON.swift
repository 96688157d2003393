internal import FoundationEssentials
internal import Git
internal import JSON

// What a model sees of git's values.

extension Commit {
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id.hex), "short": .string(shortID), "author": .string(author.name),
            "email": .string(author.email), "date": .string(author.date.formatted(.iso8601)),
            "subject": .string(subject),
        ]
        if !body.isEmpty { members["body"] = .string(String(body.prefix(1000))) }
        if let changes {
            members["files"] = .integer(changes.files)
            members["insertions"] = .integer(changes.insertions)
            members["deletions"] = .integer(changes.deletions)
        }
        return .object(members)
    }
}

extension FileChange {
    var json: JSON {
        var members: [String: JSON] = [
            "path": .string(path), "change": .string(kind.rawValue), "insertions": .integer(insertions),
            "deletions": .integer(deletions),
        ]
        if let oldPath { members["old_path"] = .string(oldPath) }
        if isBinary { members["binary"] = true }
        if oldMode != newMode, oldMode != 0, newMode != 0 {
            members["mode"] = .string("\(String(oldMode, radix: 8)) to \(String(newMode, radix: 8))")
        }
        return .object(members)
    }
}

extension Diff {
    var json: [String: JSON] {
        [
            "files": .array(files.map(\.json)), "more_files": .bool(hasMoreFiles), "patch": .string(patch),
            "patch_cut": .bool(isPatchTruncated),
        ]
    }
}

extension RepositoryStatus {
    var json: JSON {
        var members: [String: JSON] = [
            "branch": head.branch.map(JSON.string) ?? .null, "commit": head.commit.map { .string($0.short) } ?? .null,
            "staged": .array(staged.map { Self.json($0.path, $0.staged) }),
            "unstaged": .array(unstaged.map { Self.json($0.path, $0.unstaged) }),
            "untracked": .array(untracked.map { .string($0.path) }),
            "conflicted": .array(conflicted.map { .string($0.path) }), "more": .bool(hasMore),
        ]
        if let upstream {
            members["upstream"] = .string(upstream.name)
            members["ahead"] = upstream.ahead.map(JSON.integer) ?? .null
            members["behind"] = upstream.behind.map(JSON.integer) ?? .null
        }
        if let operation { members["in_progress"] = .string(operation.rawValue) }
        return .object(members)
    }

    private static func json(_ path: String, _ change: ChangeKind?) -> JSON {
        ["path": .string(path), "change": change.map { .string($0.rawValue) } ?? .null]
    }
}

extension Blame {
    /// Lines by author, most first, and the hunks.
    var json: JSON {
        var lines: [String: Int] = [:]
        for hunk in hunks { lines[hunk.author.name, default: 0] += hunk.lines.count }
        let authors = lines.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count -> JSON in
            ["author": .string(name), "lines": .integer(count)]
        }
        let hunks = hunks.prefix(200).map { hunk -> JSON in
            [
                "first_line": .integer(hunk.lines.lowerBound), "last_line": .integer(hunk.lines.upperBound),
                "commit": .string(hunk.shortID), "author": .string(hunk.author.name),
                "date": .string(hunk.author.date.formatted(.iso8601)), "subject": .string(hunk.subject),
            ]
        }
        return [
            "path": .string(path), "authors": .array(authors), "hunks": .array(hunks), "lines": .integer(lineCount),
            "uncommitted_changes": .bool(hasUncommittedChanges),
        ]
    }
}

extension Branch {
    var json: JSON {
        [
            "name": .string(name), "remote": .bool(isRemote), "head": .bool(isHead), "short": .string(shortID),
            "subject": .string(subject), "date": .string(date.formatted(.iso8601)),
            "upstream": upstream.map { .string($0.name) } ?? .null,
        ]
    }
}

extension Tag {
    var json: JSON {
        [
            "name": .string(name), "short": .string(target.short),
            "date": date.map { .string($0.formatted(.iso8601)) } ?? .null,
            "message": message.map(JSON.string) ?? .null,
        ]
    }
}
