internal import CGit2
internal import Files
internal import FoundationEssentials
internal import Glibc

extension Repository {
    /// Prepares and performs.
    package func commit(_ request: CommitRequest) async throws(GitError) -> Commit {
        try await perform(try await prepare(request))
    }

    /// Makes a commit in memory: neither an object, nor the index, nor a reference is written.
    ///
    /// - Throws: `nothingToCommit`, `conflict` when HEAD is not where it is expected or files have conflicts,
    ///   `identityMissing`, `invalidName` for an empty message, `bare`, and what ``stage(_:force:)`` throws.
    package func prepare(_ request: CommitRequest) async throws(GitError) -> PreparedCommit {
        if workTree == nil { throw .bare("commit") }
        let head = try await head()
        try require(head, is: request.expectedHead)
        let message = try CommitMessage.cleaned(request.message)
        let date = request.date ?? Date(timeIntervalSince1970: Double(seconds(.now)))
        var prepared = PreparedCommit(
            id: nil, request: request, parent: head.commit, branch: head.branch, date: date,
            needsProgram: commitReason, message: message, changes: [], paths: [])
        if prepared.needsProgram != nil { return try await preparedByProgram(prepared) }
        do throws(GitError) {
            let scratch = try unsafe ScratchObjects(
                try library, objects: FileSystem.join(location.commonDirectory, "objects"))
            prepared = try made(prepared)
            _ = consume scratch
        } catch {
            guard case .unsupported = error.kind else { throw error }
            return try await preparedByProgram(
                PreparedCommit(
                    id: nil, request: request, parent: head.commit, branch: head.branch, date: date,
                    needsProgram: "a submodule", message: message, changes: [], paths: []))
        }
        return prepared
    }

    /// Writes the objects of a commit as files and index are now.
    private func made(_ prepared: PreparedCommit) throws(GitError) -> PreparedCommit {
        var prepared = prepared
        let content = prepared.request.content
        let index = try openIndex()
        let staging = try unsafe staging(index: index.pointer)
        prepared.changes = try changes(for: content, staging)
        let parent = try prepared.parent.map { (id) throws(GitError) in CommitKey(try id.nativeID) }
        let tree = try unsafe tree(for: content, prepared.changes, index: index.pointer, parent: parent)
        if try isTree(tree, of: parent) {
            throw GitError(.nothingToCommit, "There is nothing to commit: the files are as they are in HEAD.")
        }
        prepared.paths = try paths(from: parent, to: tree)
        prepared.id = try writeCommit(tree, parent: parent, message: prepared.message, date: prepared.date)
        return prepared
    }

    /// Moves HEAD's branch to a prepared commit, if it is where it was and the files are as they were.
    ///
    /// - Throws: `conflict` when HEAD moved or a file changed, `locked`, `failed` with what a hook said.
    package func perform(_ prepared: PreparedCommit) async throws(GitError) -> Commit {
        let head = try await head()
        guard head.commit == prepared.parent, head.branch == prepared.branch else {
            throw GitError(.conflict, "HEAD moved since the commit was prepared; look again and repeat it.")
        }
        guard let id = prepared.id else { return try await commitWithProgram(prepared) }
        let now = try made(prepared)
        guard now.id == id else {
            let other = Set(now.paths).symmetricDifference(prepared.paths).union(now.paths).sorted().prefix(3)
            throw GitError(
                .conflict,
                "Files changed since the commit was prepared (\(other.map(printable).joined(separator: ", "))); look again "
                    + "and repeat it.")
        }
        let index = try openIndex()
        try unsafe write(now.changes, to: index.pointer)
        let subject = prepared.message.prefix { $0 != "\n" }
        try move(
            prepared.branch.map { "refs/heads/\($0)" } ?? "HEAD", from: prepared.parent, to: id,
            log: "commit\(prepared.parent == nil ? " (initial)" : ""): \(subject)")
        let reader = unsafe CommitReader(try library)
        return try reader.commit(CommitKey(try id.nativeID))
    }

    /// The files that differ between a commit and a tree, a renamed one under both its names.
    private func paths(from parent: CommitKey?, to tree: git_oid) throws(GitError) -> [String] {
        let repository = unsafe try library
        var id = tree
        let new = try unsafe Handle("read a tree", git_tree_free) { unsafe git_tree_lookup($0, repository, &id) }
        let old = try parent.map { (key) throws(GitError) in try self.tree(of: key) }
        defer { withExtendedLifetime(old) {} }
        let diff = try unsafe Handle("compare the trees", git_diff_free) {
            unsafe git_diff_tree_to_tree($0, repository, old?.pointer, new.pointer, nil)
        }
        var paths: Set<String> = []
        for index in unsafe 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = unsafe git_diff_get_delta(diff.pointer, index) else { continue }
            if let path = unsafe delta.pointee.old_file.path { paths.insert(unsafe String(cString: path)) }
            if let path = unsafe delta.pointee.new_file.path { paths.insert(unsafe String(cString: path)) }
        }
        return paths.sorted()
    }

    /// Compare and swap of a reference.
    func move(_ reference: String, from old: ObjectID?, to new: ObjectID, log: String) throws(GitError) {
        let repository = unsafe try library
        var target = try new.nativeID
        do throws(GitError) {
            let made: Handle
            if let old {
                var current = try old.nativeID
                made = try unsafe Handle("move \(reference)", git_reference_free) {
                    unsafe git_reference_create_matching($0, repository, reference, &target, 1, &current, log)
                }
            } else {
                made = try unsafe Handle("make \(reference)", git_reference_free) {
                    unsafe git_reference_create($0, repository, reference, &target, 0, log)
                }
            }
            _ = unsafe made.pointer
        } catch {
            guard error.kind == .conflict || error.kind == .exists else { throw error }
            throw GitError(.conflict, "\(reference) moved meanwhile; look again and repeat it.")
        }
    }

    func require(_ head: Head, is expected: ExpectedHead) throws(GitError) {
        switch expected {
        case .any: return
        case .unborn where head.commit == nil: return
        case .commit(let id) where head.commit == id: return
        default:
            let now = head.commit.map { "at \($0.short)" } ?? "without a commit"
            throw GitError(.conflict, "HEAD is \(now), not where it was expected; look again and repeat it.")
        }
    }

    private func changes(for content: CommitContent, _ staging: Staging) throws(GitError) -> [IndexChange] {
        switch content {
        case .staged: []
        case .tracked: try staging.changes(of: [], untracked: false)
        case .all: try staging.changes(of: [], untracked: true)
        case .paths(let paths): try staging.changes(of: try treePaths(paths), untracked: true)
        }
    }

    /// Writes the tree of the commit.
    private func tree(
        for content: CommitContent, _ changes: [IndexChange], index: OpaquePointer, parent: CommitKey?
    ) throws(GitError) -> git_oid {
        let repository = unsafe try library
        if unsafe git_index_has_conflicts(index) == 1 {
            throw GitError(.conflict, "Some files have conflicts; resolve them and `git add` them first.")
        }
        for change in changes where change.entry == nil { try unsafe change.apply(to: index) }
        for change in changes where change.entry != nil { try unsafe change.apply(to: index) }
        var id = git_oid()
        guard case .paths(let paths) = content else {
            try check(unsafe git_index_write_tree_to(&id, index, repository), "write a tree")
            return id
        }
        let partial = try unsafe Handle("make an index", git_index_free) { unsafe git_index_new($0) }
        if let parent {
            let tree = try tree(of: parent)
            try check(unsafe git_index_read_tree(partial.pointer, tree.pointer), "read a tree")
        }
        for path in try treePaths(paths) {
            try unsafe PartialIndex.replace(path, in: partial.pointer, from: index)
        }
        try check(unsafe git_index_write_tree_to(&id, partial.pointer, repository), "write a tree")
        return id
    }

    private func isTree(_ id: git_oid, of parent: CommitKey?) throws(GitError) -> Bool {
        guard let parent else { return false }
        let tree = try tree(of: parent)
        return unsafe CommitKey(git_tree_id(tree.pointer).pointee) == CommitKey(id)
    }

    private func writeCommit(
        _ tree: git_oid, parent: CommitKey?, message: String, date: Date
    ) throws(GitError) -> ObjectID {
        let repository = unsafe try library
        var treeID = tree
        let tree = try unsafe Handle("read a tree", git_tree_free) {
            unsafe git_tree_lookup($0, repository, &treeID)
        }
        let author = try signature("author", date: date)
        let committer = try signature("committer", date: date)
        var id = git_oid()
        var code: Int32
        if let parent {
            let commit = try unsafe CommitReader(repository).handle(of: parent)
            var parents: [OpaquePointer?] = unsafe [commit.pointer]
            code = unsafe git_commit_create(
                &id, repository, nil, author.pointer, committer.pointer, nil, message, tree.pointer, 1, &parents)
        } else {
            code = unsafe git_commit_create(
                &id, repository, nil, author.pointer, committer.pointer, nil, message, tree.pointer, 0, nil)
        }
        try check(code, "write the commit")
        return ObjectID(id)
    }
}

/// What of an index a partial commit takes.
enum PartialIndex {
    /// Puts what the full index has at a path, or below it, in place of what the partial one has.
    static func replace(_ path: TreePath, in partial: OpaquePointer, from full: OpaquePointer) throws(GitError) {
        let isWithin = { (name: String) in path.isTop || name == path.text || name.hasPrefix(path.text + "/") }
        var old: [String] = []
        for position in unsafe 0..<git_index_entrycount(partial) {
            guard let entry = unsafe git_index_get_byindex(partial, position) else { continue }
            let name = unsafe text(ofC: entry.pointee.path)
            if isWithin(name) { old.append(name) }
        }
        for name in old { try check(unsafe git_index_remove(partial, name, 0), "make a tree") }
        for position in unsafe 0..<git_index_entrycount(full) {
            guard let entry = unsafe git_index_get_byindex(full, position),
                unsafe isWithin(text(ofC: entry.pointee.path))
            else { continue }
            try check(unsafe git_index_add(partial, entry), "make a tree")
        }
    }
}

/// The message of a commit or tag.
enum CommitMessage {
    /// Without trailing spaces and blank lines around it.
    static func cleaned(_ message: String) throws(GitError) -> String {
        try LibGit2.start()
        if message.utf8.contains(0) {
            throw GitError(.invalidName, "The message holds a NUL character; leave it out.")
        }
        var buffer = unsafe git_buf()
        try check(unsafe git_message_prettify(&buffer, message, 0, 0), "clean the message")
        let cleaned = unsafe takeText(of: &buffer)
        if cleaned.isEmpty { throw GitError(.invalidName, "The message is empty; say what the change does.") }
        return cleaned
    }
}
