internal import CGit2

/// Whether a person of a name wrote a commit, with `.mailmap` honoured.
@safe
final class AuthorNames {
    private let name: String
    private let mailmap: Handle

    init(_ name: String, _ repository: OpaquePointer) throws(GitError) {
        self.name = NameMatch.folded(name)
        mailmap = try unsafe Handle("read .mailmap", git_mailmap_free) {
            unsafe git_mailmap_from_repository($0, repository)
        }
    }

    func wrote(_ commit: borrowing Handle) throws(GitError) -> Bool {
        var author: UnsafeMutablePointer<git_signature>?
        try check(unsafe git_commit_author_with_mailmap(&author, commit.pointer, mailmap.pointer), "read an author")
        defer { unsafe git_signature_free(author) }
        guard let author = unsafe author else { return false }
        return unsafe NameMatch.folded(Signature(author.pointee).name) == name
    }
}
