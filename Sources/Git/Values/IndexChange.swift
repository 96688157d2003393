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

    /// The commit of a submodule, of which no file system says anything.
    init(path: String, submodule: ObjectID, mode: UInt32) {
        self.path = path
        entry = Entry(
            id: submodule, mode: mode, size: 0, modified: [0, 0], changed: [0, 0], device: 0, inode: 0, user: 0,
            group: 0)
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
}
