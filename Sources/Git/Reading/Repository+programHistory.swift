internal import FoundationEssentials

/// History through the git program, for repositories that libgit2 cannot open.
extension Repository {
    /// Fields of one commit, each ended by the unit separator; the message comes last.
    static let commitFormat = "--format=%H%x1f%h%x1f%P%x1f%an%x1f%ae%x1f%ad%x1f%cn%x1f%ce%x1f%cd%x1f%B"

    func programLog(_ query: LogQuery) async throws(GitError) -> CommitLog {
        if case .unborn = try await programHead(), query.start == nil { throw .unborn("read the log") }
        // Accents are folded here, so git cannot look for the author.
        let isFiltered = query.author != nil || query.authorName != nil
        let bound = isFiltered || query.countsAll ? 50_000 : query.limit + query.skip + 1
        var arguments = ["log", "-z", "--date=raw", Self.commitFormat, "--max-count=\(bound)"]
        // The name of the mailmap stands where the commit's own would.
        if query.authorName != nil { arguments[3] = Self.commitFormat.replacing("%an", with: "%aN") }
        if !query.includesMerges { arguments.append("--no-merges") }
        arguments += try await Self.walkArguments(query.start, query.path, query.since, query.until)
        let output = try await program.output(arguments, doing: "read the log")
        var commits = output.records.compactMap { ProgramFormat.commit($0) }
        if let author = query.author.map(NameMatch.init) {
            commits = commits.filter { author.matches("\($0.author.name) <\($0.author.email)>") }
        }
        if let name = query.authorName.map(NameMatch.folded) {
            commits = commits.filter { NameMatch.folded($0.author.name) == name }
        }
        if query.countsAll, output.records.count >= bound {
            throw GitError(.tooLarge, "There are \(bound) commits or more; count them with `git rev-list --count`.")
        }
        let found = commits.dropFirst(query.skip)
        var listed = Array(found.prefix(query.limit))
        if query.includesChanges {
            for index in listed.indices {
                let totals = try await programTotals(listed[index], path: query.path)
                listed[index] = listed[index].with(totals)
            }
        }
        return CommitLog(
            commits: listed, hasMore: found.count > query.limit,
            isCutByShallowClone: traits.isShallow && found.count <= query.limit,
            total: query.countsAll ? commits.count : nil)
    }

    func programContributors(
        of start: String?, path: String?, since: Date?, until: Date?, limit: Int
    ) async throws(GitError) -> Contributors {
        let arguments =
            ["log", "-z", "--no-merges", "--date=raw", "--format=%aN%x1f%aE%x1f%ad"]
            + (try await Self.walkArguments(start, path, since, until))
        let output = try await program.output(arguments, doing: "count the authors")
        var count = ContributorCount()
        for record in output.records {
            let fields = ProgramFormat.fields(record)
            if fields.count == 3 { count.add(ProgramFormat.signature(fields[0], fields[1], fields[2])) }
        }
        return count.result(limit: limit, isCutByShallowClone: traits.isShallow)
    }

    func programShow(
        _ reference: String, path: String?, bounds: DiffBounds, filter: PatchFilter?
    ) async throws(GitError) -> ShownCommit {
        let id = try await programResolve(reference)
        let output = try await program.output(
            ["log", "-z", "--date=raw", Self.commitFormat, "--max-count=1", id.hex], doing: "read \(id.short)")
        guard let commit = output.records.first.flatMap({ ProgramFormat.commit($0) }) else {
            throw .unknownReference(reference)
        }
        let difference = try await diff(.commit(id.hex), path: path, bounds: bounds, filter: filter)
        return ShownCommit(commit: commit.with(difference.totals), diff: difference)
    }

    private func programTotals(_ commit: Commit, path: String?) async throws(GitError) -> ChangeTotals {
        try await programDiff(.commit(commit.id.hex), path: path, bounds: DiffBounds(patchBytes: 0)).totals
    }

    private static func walkArguments(
        _ start: String?, _ path: String?, _ since: Date?, _ until: Date?
    ) async throws(GitError) -> [String] {
        var arguments: [String] = []
        if let since { arguments.append("--since=@\(seconds(since))") }
        if let until { arguments.append("--until=@\(seconds(until))") }
        _ = try CommitRange(start ?? "HEAD")
        arguments += ["--end-of-options", start ?? "HEAD", "--"]
        if let path { arguments.append(try TreePath(path).text) }
        return arguments
    }

    func programFile(_ path: String, at reference: String, maxBytes: Int) async throws(GitError) -> FileContent {
        let commit = try await programResolve(reference)
        let listed = try await program.output(["ls-tree", "-z", commit.hex, "--", path], doing: "find \(path)")
        let fields = listed.records.first?.split(separator: "\t")[0].split(separator: " ") ?? []
        guard fields.count == 3, fields[1] == "blob" else {
            throw GitError(.notFound, "There is no file \"\(printable(path))\" at \(printable(reference)).")
        }
        let output = try await program.output(["cat-file", "blob", String(fields[2])], doing: "read \(path)")
        return FileContent(
            path: path, commit: commit, bytes: Array(output.bytes.prefix(max(0, maxBytes))),
            sizeInBytes: output.bytes.count, isBinary: output.bytes.prefix(8_000).contains(0),
            mode: Int(fields[0], radix: 8) ?? 0o100644)
    }

    func programBlame(
        _ path: String, at reference: String, lines: ClosedRange<Int>?
    ) async throws(GitError) -> Blame {
        let content = try await file(path, at: reference, maxBytes: 4 << 20)
        if content.isTruncated {
            throw GitError(.tooLarge, "\(printable(path)) has more than 4 MiB; nobody reads its blame.")
        }
        let all = unsafe content.bytes.withUnsafeBytes { unsafe BlameLines.split($0) }
        var hunks: [BlameHunk] = []
        if let wanted = try BlameLines.wanted(lines, of: all.count, path: path) {
            let output = try await program.output(
                [
                    "blame", "--porcelain", "-L", "\(wanted.lowerBound),\(wanted.upperBound)", content.commit.hex, "--",
                    path,
                ],
                doing: "find who wrote \(printable(path))")
            hunks = PorcelainBlame(path: path, lines: all).hunks(output.text)
        }
        return Blame(
            path: path, commit: content.commit, hunks: hunks, lineCount: all.count,
            hasUncommittedChanges: try await hasUncommittedChanges(path))
    }
}

extension Commit {
    func with(_ changes: ChangeTotals) -> Commit {
        Commit(
            id: id, shortID: shortID, author: author, committer: committer, subject: subject, body: body,
            parents: parents, changes: changes)
    }
}
