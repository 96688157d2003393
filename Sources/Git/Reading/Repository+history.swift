internal import CGit2
internal import Counting
internal import Files
package import FoundationEssentials

extension Repository {
    /// Commits, newest first, as `git log` lists them.
    ///
    /// - Throws: `notFound` for an unknown start, `unborn` when there is no commit.
    package func log(_ query: LogQuery = LogQuery()) async throws(GitError) -> CommitLog {
        guard handle != nil else { return try await programLog(query) }
        let reader = unsafe CommitReader(try library)
        var walk = try walk(query.start, path: query.path, since: query.since)
        let author = query.author.map(NameMatch.init)
        let names = try query.authorName.map { (name) throws(GitError) in try unsafe AuthorNames(name, try library) }
        var commits: [Commit] = []
        var skipped = 0
        var total = 0
        while let step = try walk.next() {
            guard step.isChange, query.includesMerges || step.parents.count < 2 else { continue }
            if let until = query.until, try reader.time(of: step.key) > seconds(until) { continue }
            if let author, try !reader.author(of: step.key, matches: author) { continue }
            if let names, try !names.wrote(try reader.handle(of: step.key)) { continue }
            total += 1
            if skipped < query.skip {
                skipped += 1
                continue
            }
            if commits.count >= query.limit {
                if query.countsAll { continue }
                return CommitLog(commits: commits, hasMore: true, isCutByShallowClone: walk.reachedEdge)
            }
            let changes = query.includesChanges ? try totals(of: step, path: query.path) : nil
            commits.append(try reader.commit(step.key, parents: step.parents, changes: changes))
        }
        return CommitLog(
            commits: commits, hasMore: total - skipped > commits.count, isCutByShallowClone: walk.reachedEdge,
            total: query.countsAll ? total : nil)
    }

    /// Who wrote the commits that a reference or range `A..B` reaches; merges are not counted, as in `git shortlog`.
    package func contributors(
        of start: String? = nil, path: String? = nil, since: Date? = nil, until: Date? = nil, limit: Int = 100
    ) async throws(GitError) -> Contributors {
        guard handle != nil else {
            return try await programContributors(of: start, path: path, since: since, until: until, limit: limit)
        }
        let repository = unsafe try library
        let reader = unsafe CommitReader(repository)
        let mailmap = try unsafe Handle("read .mailmap", git_mailmap_free) {
            unsafe git_mailmap_from_repository($0, repository)
        }
        var walk = try walk(start, path: path, since: since)
        var count = ContributorCount()
        while let step = try walk.next() {
            guard step.isChange, step.parents.count < 2 else { continue }
            let commit = try reader.handle(of: step.key)
            if let until, unsafe git_commit_time(commit.pointer) > seconds(until) { continue }
            var author: UnsafeMutablePointer<git_signature>?
            try check(
                unsafe git_commit_author_with_mailmap(&author, commit.pointer, mailmap.pointer), "read an author")
            defer { unsafe git_signature_free(author) }
            if let author = unsafe author { count.add(unsafe Signature(author.pointee)) }
        }
        return count.result(limit: limit, isCutByShallowClone: walk.reachedEdge)
    }

    /// A walk from a reference, or through a range.
    func walk(_ start: String?, path: String? = nil, since: Date? = nil) throws(GitError) -> HistoryWalk {
        let range = try CommitRange(start ?? "HEAD")
        let repository = unsafe try library
        let reader = unsafe CommitReader(repository)
        var starts = [try reader.key(of: range.to)]
        var hidden: [CommitKey] = []
        if let from = range.from {
            let key = try reader.key(of: from)
            if range.isSymmetric {
                hidden = try mergeBases(key, starts[0])
                starts.append(key)
            } else {
                hidden = [key]
            }
        }
        return try unsafe HistoryWalk(
            repository, from: starts, hiding: hidden, edge: shallowEdge,
            path: try path.map { (path) throws(GitError) in try TreePath(path).text }, since: since.map(seconds))
    }

    /// Commits whose parents are not here.
    var shallowEdge: Set<CommitKey> {
        guard traits.isShallow else { return [] }
        let lines = FileSystem.lines(ofFile: FileSystem.join(location.commonDirectory, "shallow"))
        return Set(lines.compactMap { ObjectID(hex: String($0)).flatMap { try? CommitKey($0.nativeID) } })
    }

    private func mergeBases(_ left: CommitKey, _ right: CommitKey) throws(GitError) -> [CommitKey] {
        if traits.isShallow { return try commonAncestor(left, right).map { [$0] } ?? [] }
        var one = left.id
        var two = right.id
        var bases = unsafe git_oidarray()
        let code = unsafe git_merge_bases(&bases, try library, &one, &two)
        if code == GIT_ENOTFOUND.rawValue { return [] }
        try check(code, "find the common commit")
        defer { unsafe git_oidarray_dispose(&bases) }
        return unsafe UnsafeBufferPointer(start: bases.ids, count: bases.count).map { CommitKey($0) }
    }

    private func totals(of step: HistoryWalk.Step, path: String?) throws(GitError) -> ChangeTotals {
        let diff = try treeDiff(from: step.parents.first, to: step.key, path: path)
        return try unsafe DiffReader.totals(of: diff.pointer)
    }
}

/// Whole seconds since 1970.
func seconds(_ date: Date) -> Int64 { Int64(saturating: date.timeIntervalSince1970.rounded(.down)) }

extension CommitReader {
    func time(of key: CommitKey) throws(GitError) -> Int64 {
        let commit = try handle(of: key)
        return unsafe git_commit_time(commit.pointer)
    }

    func author(of key: CommitKey, matches match: NameMatch) throws(GitError) -> Bool {
        let commit = try handle(of: key)
        let author = unsafe Signature(git_commit_author(commit.pointer).pointee)
        return match.matches("\(author.name) <\(author.email)>")
    }
}

/// `A`, `A..B` or `A...B`; an empty side is HEAD.
struct CommitRange {
    let from: String?
    let to: String
    let isSymmetric: Bool

    init(_ text: String) throws(GitError) {
        try CommitReader.checkName(text)
        for (dots, isSymmetric) in [("...", true), ("..", false)] {
            guard let range = text.firstRange(of: dots) else { continue }
            let from = String(text[..<range.lowerBound])
            let to = String(text[range.upperBound...])
            self.from = from.isEmpty ? "HEAD" : from
            self.to = to.isEmpty ? "HEAD" : to
            self.isSymmetric = isSymmetric
            try CommitReader.checkName(self.to)
            return
        }
        from = nil
        to = text
        isSymmetric = false
    }
}

/// Counts commits by author.
struct ContributorCount {
    private struct Key: Hashable {
        let name: String
        let email: String
    }
    private var people: [Key: Contributor] = [:]
    private var commits = 0

    mutating func add(_ author: Signature) {
        commits += 1
        let key = Key(name: author.name, email: author.email.lowercased())
        let known = people[key]
        people[key] = Contributor(
            name: author.name, email: known?.email ?? author.email, commits: (known?.commits ?? 0) + 1,
            first: min(known?.first ?? author.date, author.date), last: max(known?.last ?? author.date, author.date))
    }

    func result(limit: Int, isCutByShallowClone: Bool) -> Contributors {
        let sorted = people.values.sorted { ($1.commits, $0.name, $0.email) < ($0.commits, $1.name, $1.email) }
        return Contributors(
            people: Array(sorted.prefix(limit)), commits: commits, isCutByShallowClone: isCutByShallowClone)
    }
}
