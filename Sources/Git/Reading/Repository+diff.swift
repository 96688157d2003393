internal import CGit2

extension Repository {
    /// The difference of two states, of the whole tree or of one file or directory. Renames are found; a merge is
    /// compared with its first parent. `filter` gets each file's patch before any of it is given.
    package func diff(
        _ range: DiffRange, path: String? = nil, bounds: DiffBounds = DiffBounds(), filter: PatchFilter? = nil
    ) async throws(GitError) -> Diff {
        let path = try path.map { (path) throws(GitError) in try TreePath(path).text }
        if handle == nil || range.usesWorkTree && programReason(forWorkTree: true) != nil {
            return try await programDiff(range, path: path, bounds: bounds, filter: filter)
        }
        let diff = try diffHandle(range, path: path, contextLines: bounds.contextLines)
        let sides = unsafe WholeSides(try library, workTree: range.usesWorkTree ? workTree : nil)
        return try unsafe DiffReader(bounds: bounds, filter: filter.map { ($0, sides) }).read(diff.pointer)
    }

    /// One commit with what it changes.
    package func show(
        _ reference: String = "HEAD", path: String? = nil, bounds: DiffBounds = DiffBounds(),
        filter: PatchFilter? = nil
    ) async throws(GitError) -> ShownCommit {
        guard handle != nil else {
            return try await programShow(reference, path: path, bounds: bounds, filter: filter)
        }
        let reader = unsafe CommitReader(try library)
        let key = try reader.key(of: reference)
        let difference = try await diff(.commit(ObjectID(key.id).hex), path: path, bounds: bounds, filter: filter)
        return ShownCommit(commit: try reader.commit(key, changes: difference.totals), diff: difference)
    }

    private func diffHandle(_ range: DiffRange, path: String?, contextLines: Int) throws(GitError) -> Handle {
        let repository = unsafe try library
        let reader = unsafe CommitReader(repository)
        if range.usesWorkTree, workTree == nil { throw .bare("compare the work tree") }
        let diff: Handle
        switch range {
        case .commit(let reference):
            let key = try reader.key(of: reference)
            let parent = try reader.firstParent(of: key)
            return try treeDiff(
                from: parent.flatMap { shallowEdge.contains(key) ? nil : $0 }, to: key, path: path,
                contextLines: contextLines)
        case .between(let from, let to):
            return try treeDiff(
                from: try reader.key(of: from), to: try reader.key(of: to), path: path, contextLines: contextLines)
        case .unstaged:
            diff = try unsafe DiffReader.difference(path: path, contextLines: contextLines) { out, options in
                unsafe git_diff_index_to_workdir(out, repository, nil, options)
            }
        case .staged:
            diff = try unsafe withTree(of: headCommit(), path: path, contextLines: contextLines) { out, tree, options in
                unsafe git_diff_tree_to_index(out, repository, tree, nil, options)
            }
        case .uncommitted:
            diff = try unsafe withTree(of: headCommit(), path: path, contextLines: contextLines) { out, tree, options in
                unsafe git_diff_tree_to_workdir_with_index(out, repository, tree, options)
            }
        case .sinceReference(let reference):
            let key = try reader.key(of: reference)
            diff = try unsafe withTree(of: key, path: path, contextLines: contextLines) { out, tree, options in
                unsafe git_diff_tree_to_workdir_with_index(out, repository, tree, options)
            }
        }
        try unsafe DiffReader.findRenames(in: diff.pointer)
        return diff
    }

    /// Nil when the branch is unborn.
    func headCommit() throws(GitError) -> CommitKey? {
        guard let id = try libraryHead().commit else { return nil }
        return CommitKey(try id.nativeID)
    }

    func withTree(
        of key: CommitKey?, path: String?, contextLines: Int,
        compare: (UnsafeMutablePointer<OpaquePointer?>, OpaquePointer?, UnsafePointer<git_diff_options>) -> Int32
    ) throws(GitError) -> Handle {
        let tree = try key.map { (key) throws(GitError) in try self.tree(of: key) }
        defer { withExtendedLifetime(tree) {} }
        return try unsafe DiffReader.difference(path: path, contextLines: contextLines) { out, options in
            unsafe compare(out, tree?.pointer, options)
        }
    }

    func tree(of key: CommitKey) throws(GitError) -> TreeHandle {
        let commit = try unsafe CommitReader(try library).handle(of: key)
        return TreeHandle(
            try unsafe Handle("read a tree", git_tree_free) { unsafe git_commit_tree($0, commit.pointer) })
    }

    /// With renames found; `from` nil compares with nothing.
    func treeDiff(
        from: CommitKey?, to: CommitKey, path: String?, contextLines: Int = 3
    ) throws(GitError) -> Handle {
        let repository = unsafe try library
        let old = try from.map { (key) throws(GitError) in try tree(of: key) }
        let new = try tree(of: to)
        defer { withExtendedLifetime((old, new)) {} }
        let diff = try unsafe DiffReader.difference(path: path, contextLines: contextLines) { out, options in
            unsafe git_diff_tree_to_tree(out, repository, old?.pointer, new.pointer, options)
        }
        try unsafe DiffReader.findRenames(in: diff.pointer)
        return diff
    }
}

/// A tree that may be missing: optionals of values that cannot be copied are clumsy.
@safe
final class TreeHandle {
    private let handle: Handle
    var pointer: OpaquePointer { unsafe handle.pointer }

    init(_ handle: consuming Handle) { self.handle = handle }
}

extension DiffRange {
    /// Reads files of the work tree or the index.
    var usesWorkTree: Bool {
        switch self {
        case .unstaged, .staged, .uncommitted, .sinceReference: true
        case .between, .commit: false
        }
    }
}

extension CommitReader {
    func firstParent(of key: CommitKey) throws(GitError) -> CommitKey? {
        let commit = try handle(of: key)
        return unsafe git_commit_parent_id(commit.pointer, 0).map { unsafe CommitKey($0.pointee) }
    }
}
