internal import CGit2
internal import Files

extension Repository {
    /// HEAD, the branch's upstream, what was begun, and the changed files.
    package func status(limit: Int = 1_000) async throws(GitError) -> RepositoryStatus {
        try GitDirectoryCheck(location).checkWorkTree()
        if handle == nil || programReason(forWorkTree: true) != nil { return try await programStatus(limit: limit) }
        let repository = unsafe try library
        if workTree == nil { throw .bare("read the status") }
        var options = unsafe git_status_options()
        unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
        unsafe options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        unsafe options.flags =
            GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RENAMES_HEAD_TO_INDEX.rawValue
            | GIT_STATUS_OPT_SORT_CASE_SENSITIVELY.rawValue
        let list = try unsafe Handle("read the status", git_status_list_free) {
            unsafe git_status_list_new($0, repository, &options)
        }
        var entries: [StatusEntry] = []
        let count = unsafe git_status_list_entrycount(list.pointer)
        for index in 0..<min(count, limit) {
            try checkCancellation()
            if let entry = unsafe git_status_byindex(list.pointer, index) {
                entries.append(unsafe StatusEntry(entry.pointee))
            }
        }
        let head = try libraryHead()
        return RepositoryStatus(
            head: head,
            upstream: try head.branch.flatMap { (name) throws(GitError) in
                try upstream(of: "refs/heads/\(name)")
            }, operation: pendingOperation, entries: entries, hasMore: count > limit)
    }

    /// The paths of tracked files, by name.
    package func trackedFiles(limit: Int = 100_000) async throws(GitError) -> [String] {
        if handle == nil || programReason(forWorkTree: true) != nil { return try await programTrackedFiles(limit) }
        let repository = unsafe try library
        let index = try unsafe Handle("read the index", git_index_free) {
            unsafe git_repository_index($0, repository)
        }
        try check(unsafe git_index_read(index.pointer, 0), "read the index")
        var paths: [String] = []
        for position in unsafe 0..<min(limit, git_index_entrycount(index.pointer)) {
            if let entry = unsafe git_index_get_byindex(index.pointer, position) {
                paths.append(unsafe text(ofC: entry.pointee.path))
            }
        }
        return paths
    }

    /// Told by the files that git leaves in its directory, in every kind of repository.
    package nonisolated var pendingOperation: PendingOperation? {
        let has = { (name: String) in FileSystem.kind(of: FileSystem.join(self.gitDirectory, name)) != nil }
        if has("rebase-merge") { return .rebase }
        if has("rebase-apply") { return has("rebase-apply/applying") ? .applyMailbox : .rebase }
        if has("MERGE_HEAD") { return .merge }
        if has("CHERRY_PICK_HEAD") { return .cherryPick }
        if has("REVERT_HEAD") { return .revert }
        return has("BISECT_LOG") ? .bisect : nil
    }
}

extension StatusEntry {
    init(_ entry: git_status_entry) {
        let status = unsafe entry.status.rawValue
        let staged = unsafe entry.head_to_index
        let unstaged = unsafe entry.index_to_workdir
        let file = unsafe unstaged ?? staged
        let path = unsafe text(ofC: file?.pointee.new_file.path)
        let isRenamed = status & GIT_STATUS_INDEX_RENAMED.rawValue != 0
        if status & GIT_STATUS_CONFLICTED.rawValue != 0 {
            self.init(path: path, oldPath: nil, staged: .conflicted, unstaged: .conflicted)
            return
        }
        self.init(
            path: path, oldPath: isRenamed ? unsafe text(ofC: staged?.pointee.old_file.path) : nil,
            staged: Self.kind(
                status, GIT_STATUS_INDEX_NEW, GIT_STATUS_INDEX_DELETED, GIT_STATUS_INDEX_RENAMED,
                GIT_STATUS_INDEX_TYPECHANGE, GIT_STATUS_INDEX_MODIFIED, new: .added),
            unstaged: status & GIT_STATUS_WT_UNREADABLE.rawValue != 0
                ? .unreadable
                : Self.kind(
                    status, GIT_STATUS_WT_NEW, GIT_STATUS_WT_DELETED, GIT_STATUS_WT_RENAMED,
                    GIT_STATUS_WT_TYPECHANGE, GIT_STATUS_WT_MODIFIED, new: .untracked))
    }

    private static func kind(
        _ status: UInt32, _ added: git_status_t, _ deleted: git_status_t, _ renamed: git_status_t,
        _ typeChanged: git_status_t, _ modified: git_status_t, new: ChangeKind
    ) -> ChangeKind? {
        let kinds: [(git_status_t, ChangeKind)] = [
            (added, new), (deleted, .deleted), (renamed, .renamed), (typeChanged, .typeChanged), (modified, .modified),
        ]
        return kinds.first { status & $0.0.rawValue != 0 }?.1
    }
}
