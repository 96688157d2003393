internal import CGit2

/// Walks commits from some starts to the roots, newest first, as `git log` does.
///
/// libgit2's own walk fails at the edge of a shallow clone and knows no paths; this one ends there, and with a path
/// follows the parent that has the same content, which is git's default simplification.
@safe
struct HistoryWalk {
    /// A commit of the walk.
    struct Step {
        let key: CommitKey
        let parents: [CommitKey]
        /// It changes the path against all its parents; true without a path.
        let isChange: Bool
    }

    let repository: OpaquePointer
    /// Commits whose parents a shallow clone does not have.
    let edge: Set<CommitKey>
    /// From the work tree's top.
    let path: String?
    /// Older commits, and what is behind them, are left out; seconds since 1970.
    let since: Int64?
    private(set) var reachedEdge = false
    private var queue = CommitQueue()
    private var seen: Set<CommitKey> = []
    private var hidden: Set<CommitKey> = []
    private var contents: [CommitKey: CommitKey?] = [:]

    init(
        _ repository: OpaquePointer, from starts: [CommitKey], hiding hidden: [CommitKey] = [],
        edge: Set<CommitKey> = [], path: String? = nil, since: Int64? = nil
    ) throws(GitError) {
        unsafe self.repository = unsafe repository
        self.edge = edge
        self.path = path
        self.since = since
        if !hidden.isEmpty { try hide(behind: hidden, from: starts) }
        for start in starts { try enqueue(start) }
    }

    /// The next commit; nil at the end.
    mutating func next() throws(GitError) -> Step? {
        while let entry = queue.next() {
            try checkCancellation()
            if let since, entry.time < since { continue }
            let parents = try parents(of: entry.key)
            guard path != nil else {
                for parent in parents { try enqueue(parent) }
                return Step(key: entry.key, parents: parents, isChange: true)
            }
            let own = try content(of: entry.key)
            var same: CommitKey?
            for parent in parents where same == nil {
                if try content(of: parent) == own { same = parent }
            }
            for parent in same.map({ [$0] }) ?? parents { try enqueue(parent) }
            let isChange = parents.isEmpty ? own != nil : same == nil
            return Step(key: entry.key, parents: parents, isChange: isChange)
        }
        return nil
    }

    private mutating func enqueue(_ key: CommitKey) throws(GitError) {
        guard !hidden.contains(key), seen.insert(key).inserted else { return }
        queue.insert(key, time: try time(of: key))
    }

    /// Marks everything that the hidden commits reach. Stops when only such commits wait, and those that wait are
    /// older than all others: clocks that were wrong by more than that are not noticed, as in git.
    private mutating func hide(behind hiddenStarts: [CommitKey], from starts: [CommitKey]) throws(GitError) {
        var queue = CommitQueue()
        var reached: Set<CommitKey> = []
        var looked: [CommitKey: [CommitKey]] = [:]
        for key in hiddenStarts { hidden.insert(key) }
        for key in starts + hiddenStarts where reached.insert(key).inserted {
            queue.insert(key, time: try time(of: key))
        }
        var slack = 5
        while let entry = queue.next() {
            try checkCancellation()
            let parents = try parents(of: entry.key)
            looked[entry.key] = parents
            for parent in parents {
                if hidden.contains(entry.key) { hideKnown(parent, looked) }
                if reached.insert(parent).inserted { queue.insert(parent, time: try time(of: parent)) }
            }
            slack = queue.waiting.allSatisfy { hidden.contains($0.key) } ? slack - 1 : 5
            if slack == 0 { return }
        }
    }

    /// Hides a commit and those behind it that were looked at before.
    private mutating func hideKnown(_ start: CommitKey, _ looked: [CommitKey: [CommitKey]]) {
        var stack = [start]
        while let key = stack.popLast() {
            guard hidden.insert(key).inserted, let parents = looked[key] else { continue }
            stack += parents
        }
    }

    private func lookUp(_ key: CommitKey) throws(GitError) -> Handle {
        var id = key.id
        return try unsafe Handle("read the commit \(ObjectID(id).short)", git_commit_free) {
            unsafe git_commit_lookup($0, repository, &id)
        }
    }

    private func time(of key: CommitKey) throws(GitError) -> Int64 {
        let commit = try lookUp(key)
        return unsafe git_commit_time(commit.pointer)
    }

    private mutating func parents(of key: CommitKey) throws(GitError) -> [CommitKey] {
        if edge.contains(key) {
            reachedEdge = true
            return []
        }
        let commit = try lookUp(key)
        var parents: [CommitKey] = []
        for index in unsafe 0..<git_commit_parentcount(commit.pointer) {
            if let id = unsafe git_commit_parent_id(commit.pointer, index) {
                unsafe parents.append(CommitKey(id.pointee))
            }
        }
        return parents
    }

    /// The id of what is at the path; nil where nothing is.
    private mutating func content(of key: CommitKey) throws(GitError) -> CommitKey? {
        guard let path else { return nil }
        if let known = contents[key] { return known }
        let commit = try lookUp(key)
        let tree = try unsafe Handle("read a tree", git_tree_free) { unsafe git_commit_tree($0, commit.pointer) }
        let entry = try unsafe Handle.ifFound("read a tree", git_tree_entry_free) {
            unsafe git_tree_entry_bypath($0, tree.pointer, path)
        }
        var found: CommitKey?
        if let entry { found = unsafe CommitKey(git_tree_entry_id(entry.pointer).pointee) }
        contents[key] = .some(found)
        return found
    }
}
