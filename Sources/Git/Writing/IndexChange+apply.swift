internal import CGit2

extension IndexChange {
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
