internal import CGit2

extension Repository {
    /// The index as it is on disk, apart from the one that the repository's handle caches.
    func openIndex() throws(GitError) -> Handle {
        let repository = unsafe try library
        let cached = try unsafe Handle("read the index", git_index_free) {
            unsafe git_repository_index($0, repository)
        }
        let path = unsafe text(ofC: git_index_path(cached.pointer))
        let index = try unsafe Handle("read the index", git_index_free) { unsafe git_index_open($0, path) }
        var capabilities = unsafe git_index_caps(cached.pointer)
        capabilities &= ~GIT_INDEX_CAPABILITY_FROM_OWNER.rawValue
        try check(
            unsafe git_index_set_caps(index.pointer, Int32(bitPattern: UInt32(bitPattern: capabilities))),
            "read the index")
        return index
    }
}
