internal import CGit2
internal import Files

/// One entry that is put into the index or taken out of it.
struct IndexChange: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        let id: ObjectID
        let mode: UInt32
        /// What the file system said, so that git need not read the file again.
        let size: UInt32
        let modified: [Int64]
        let changed: [Int64]
        let device: UInt32
        let inode: UInt32
        let user: UInt32
        let group: UInt32
    }

    let path: String
    /// Nil takes the path out.
    let entry: Entry?

    init(path: String, removed: Void = ()) {
        self.path = path
        entry = nil
    }

    init(path: String, id: ObjectID, mode: UInt32, status: FileStatus) {
        self.path = path
        entry = Entry(
            id: id, mode: mode, size: UInt32(truncatingIfNeeded: status.size),
            modified: [Int64(status.modified.seconds), Int64(status.modified.nanoseconds)],
            changed: [Int64(status.changed.seconds), Int64(status.changed.nanoseconds)],
            device: UInt32(truncatingIfNeeded: status.identity.device),
            inode: UInt32(truncatingIfNeeded: status.identity.inode), user: status.owner, group: status.group)
    }

    func apply(to index: OpaquePointer) throws(GitError) {
        guard let entry else {
            let code = unsafe git_index_remove_bypath(index, path)
            if code != GIT_ENOTFOUND.rawValue { try check(code, "take \(printable(path)) out of the index") }
            return
        }
        let id = try entry.id.nativeID
        let code = unsafe path.withCString { name in
            var added = unsafe git_index_entry()
            unsafe added.path = unsafe name
            unsafe added.id = id
            unsafe added.mode = entry.mode
            unsafe added.file_size = entry.size
            unsafe added.mtime = Self.time(entry.modified)
            unsafe added.ctime = Self.time(entry.changed)
            unsafe added.dev = entry.device
            unsafe added.ino = entry.inode
            unsafe added.uid = entry.user
            unsafe added.gid = entry.group
            return unsafe git_index_add(index, &added)
        }
        try check(code, "put \(printable(path)) into the index")
    }

    private static func time(_ parts: [Int64]) -> git_index_time {
        git_index_time(seconds: Int32(truncatingIfNeeded: parts[0]), nanoseconds: UInt32(truncatingIfNeeded: parts[1]))
    }
}
