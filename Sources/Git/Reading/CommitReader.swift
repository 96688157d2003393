internal import CGit2
internal import FoundationEssentials

/// Reads single commits and what names them.
@safe
struct CommitReader {
    let repository: OpaquePointer

    init(_ repository: OpaquePointer) { unsafe self.repository = unsafe repository }

    /// The id of the commit that a name leads to.
    func key(of reference: String) throws(GitError) -> CommitKey {
        let commit = try commitHandle(of: reference)
        return unsafe CommitKey(git_commit_id(commit.pointer).pointee)
    }

    func commitHandle(of reference: String) throws(GitError) -> Handle {
        let object = try object(of: reference)
        return try unsafe Handle("read \(reference) as a commit", git_commit_free) {
            unsafe git_object_peel($0, object.pointer, GIT_OBJECT_COMMIT)
        }
    }

    func object(of reference: String) throws(GitError) -> Handle {
        try Self.checkName(reference)
        let object: Handle?
        do throws(GitError) {
            object = try unsafe Handle.ifFound("find \(reference)", git_object_free) {
                unsafe git_revparse_single($0, repository, reference)
            }
        } catch {
            throw error.kind == .invalidName ? .unknownReference(reference) : error
        }
        if let object { return object }
        if reference == "HEAD", unsafe git_repository_head_unborn(repository) == 1 { throw .unborn("read HEAD") }
        throw .unknownReference(reference)
    }

    /// What libgit2 or the git program could take for something else than a name.
    static func checkName(_ reference: String) throws(GitError) {
        let isBad = reference.utf8.contains { $0 < 0x20 || $0 == 0x7f }
        if reference.isEmpty || reference.hasPrefix("-") || isBad || reference.utf8.count > 1_000 {
            throw GitError(
                .invalidName, "\"\(printable(reference))\" names no commit; give a branch, a tag or an id.")
        }
    }

    func handle(of key: CommitKey) throws(GitError) -> Handle {
        var id = key.id
        return try unsafe Handle("read the commit \(ObjectID(id).short)", git_commit_free) {
            unsafe git_commit_lookup($0, repository, &id)
        }
    }

    func commit(_ key: CommitKey, parents: [CommitKey]? = nil, changes: ChangeTotals? = nil) throws(GitError) -> Commit
    {
        let handle = try handle(of: key)
        return try unsafe commit(handle.pointer, parents: parents, changes: changes)
    }

    func commit(
        _ commit: OpaquePointer, parents: [CommitKey]? = nil, changes: ChangeTotals? = nil
    ) throws(GitError) -> Commit {
        var ids: [ObjectID] = parents?.map { ObjectID($0.id) } ?? []
        if parents == nil {
            for index in unsafe 0..<git_commit_parentcount(commit) {
                if let id = unsafe git_commit_parent_id(commit, index) { ids.append(unsafe ObjectID(id)) }
            }
        }
        return Commit(
            id: unsafe ObjectID(git_commit_id(commit)), shortID: unsafe shortID(of: commit),
            author: unsafe Signature(git_commit_author(commit).pointee),
            committer: unsafe Signature(git_commit_committer(commit).pointee),
            subject: unsafe text(ofC: git_commit_summary(commit)), body: unsafe text(ofC: git_commit_body(commit)),
            parents: ids, changes: changes)
    }

    /// The shortest unique prefix of an object's id, at least seven digits.
    func shortID(of object: OpaquePointer) -> String {
        var buffer = unsafe git_buf()
        guard unsafe git_object_short_id(&buffer, object) == 0 else {
            return unsafe ObjectID(git_object_id(object)).short
        }
        return unsafe takeText(of: &buffer)
    }
}

extension GitError {
    static func unknownReference(_ name: String) -> GitError {
        GitError(.notFound, "There is no branch, tag or commit \"\(printable(name))\" in this repository.")
    }
}
