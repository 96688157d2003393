internal import CGit2
internal import FoundationEssentials

extension Repository {
    /// Where HEAD is now.
    package func head() async throws(GitError) -> Head {
        guard handle != nil else { return try await programHead() }
        return try libraryHead()
    }

    /// The commit that a reference, a tag, an id or its beginning, `HEAD~2` names.
    package func resolve(_ reference: String) async throws(GitError) -> ObjectID {
        guard handle != nil else { return try await programResolve(reference) }
        return ObjectID(try unsafe CommitReader(try library).key(of: reference).id)
    }

    /// The newest commit that both have; nil when they have none.
    package func mergeBase(_ left: String, _ right: String) async throws(GitError) -> ObjectID? {
        guard handle != nil else { return try await programMergeBase(left, right) }
        let reader = unsafe CommitReader(try library)
        let (one, two) = (try reader.key(of: left), try reader.key(of: right))
        if traits.isShallow { return try commonAncestor(one, two).map { ObjectID($0.id) } }
        var (first, second, base) = (one.id, two.id, git_oid())
        let code = unsafe git_merge_base(&base, try library, &first, &second)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try check(code, "find the common commit")
        return ObjectID(base)
    }

    /// Branches by name, local ones first.
    package func branches(includingRemote: Bool = true, limit: Int = 500) async throws(GitError) -> [Branch] {
        guard handle != nil else { return try await programBranches(includingRemote: includingRemote, limit: limit) }
        let repository = unsafe try library
        let kind = includingRemote ? GIT_BRANCH_ALL : GIT_BRANCH_LOCAL
        let iterator = try unsafe Handle("list branches", git_branch_iterator_free) {
            unsafe git_branch_iterator_new($0, repository, kind)
        }
        var branches: [Branch] = []
        while true {
            try checkCancellation()
            var next: OpaquePointer?
            var type = GIT_BRANCH_LOCAL
            let code = unsafe git_branch_next(&next, &type, iterator.pointer)
            if code == GIT_ITEROVER.rawValue { break }
            try check(code, "list branches")
            guard let reference = unsafe next else { break }
            defer { unsafe git_reference_free(reference) }
            // origin/HEAD only repeats another one.
            guard unsafe git_reference_type(reference) == GIT_REFERENCE_DIRECT else { continue }
            if let branch = try unsafe branch(reference, isRemote: type == GIT_BRANCH_REMOTE) {
                branches.append(branch)
            }
        }
        branches.sort { !$0.isRemote && $1.isRemote || $0.isRemote == $1.isRemote && $0.name < $1.name }
        return Array(branches.prefix(limit))
    }

    func libraryHead() throws(GitError) -> Head {
        let repository = unsafe try library
        let reference = try unsafe Handle("read HEAD", git_reference_free) {
            unsafe git_reference_lookup($0, repository, "HEAD")
        }
        if unsafe git_reference_type(reference.pointer) == GIT_REFERENCE_DIRECT {
            return .detached(unsafe ObjectID(git_reference_target(reference.pointer)))
        }
        let name = unsafe text(ofC: git_reference_symbolic_target(reference.pointer))
        let branch = name.hasPrefix("refs/heads/") ? String(name.dropFirst(11)) : name
        var id = git_oid()
        let code = unsafe git_reference_name_to_id(&id, repository, name)
        if code == GIT_ENOTFOUND.rawValue { return .unborn(branch: branch) }
        try check(code, "read HEAD")
        return .branch(name: branch, commit: ObjectID(id))
    }

    /// Nil for a branch that names no commit that is here.
    private func branch(_ reference: OpaquePointer, isRemote: Bool) throws(GitError) -> Branch? {
        let object = try unsafe Handle.ifFound("read a branch", git_commit_free) {
            unsafe git_reference_peel($0, reference, GIT_OBJECT_COMMIT)
        }
        guard let object else { return nil }
        let commit = try unsafe CommitReader(try library).commit(object.pointer)
        return Branch(
            name: unsafe text(ofC: git_reference_shorthand(reference)), isRemote: isRemote,
            isHead: unsafe !isRemote && git_branch_is_head(reference) == 1,
            upstream: isRemote ? nil : try upstream(of: unsafe text(ofC: git_reference_name(reference))),
            commit: commit.id, shortID: commit.shortID, subject: commit.subject, date: commit.committer.date)
    }

    /// What the branch of this full name follows.
    func upstream(of branch: String) throws(GitError) -> Upstream? {
        let repository = unsafe try library
        var buffer = unsafe git_buf()
        guard unsafe git_branch_upstream_name(&buffer, repository, branch) == 0 else { return nil }
        let full = unsafe takeText(of: &buffer)
        let name = full.split(separator: "/", maxSplits: 2).last.map { String($0) } ?? full
        var (local, remote) = (git_oid(), git_oid())
        guard unsafe git_reference_name_to_id(&local, repository, branch) == 0,
            unsafe git_reference_name_to_id(&remote, repository, full) == 0
        else { return Upstream(name: name, ahead: nil, behind: nil) }
        if traits.isShallow {
            let (ours, theirs) = (try ancestors(of: CommitKey(local)), try ancestors(of: CommitKey(remote)))
            return Upstream(name: name, ahead: ours.subtracting(theirs).count, behind: theirs.subtracting(ours).count)
        }
        var (ahead, behind) = (0, 0)
        try check(unsafe git_graph_ahead_behind(&ahead, &behind, repository, &local, &remote), "compare with \(name)")
        return Upstream(name: name, ahead: ahead, behind: behind)
    }

    /// All commits that one reaches; for shallow clones, whose edge libgit2's walks do not survive.
    private func ancestors(of key: CommitKey) throws(GitError) -> Set<CommitKey> {
        var walk = try unsafe HistoryWalk(try library, from: [key], edge: shallowEdge)
        var found: Set<CommitKey> = []
        while let step = try walk.next() { found.insert(step.key) }
        return found
    }

    func commonAncestor(_ left: CommitKey, _ right: CommitKey) throws(GitError) -> CommitKey? {
        let known = try ancestors(of: left)
        var walk = try unsafe HistoryWalk(try library, from: [right], edge: shallowEdge)
        while let step = try walk.next() {
            if known.contains(step.key) { return step.key }
        }
        return nil
    }
}
