package import Glibc

/// What the system says about a file.
package struct FileStatus: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case file, directory, link, pipe, socket, other
    }

    package struct Time: Sendable, Hashable {
        /// Since 1970.
        package let seconds: Int
        package let nanoseconds: Int
    }

    /// Which file it is, under whatever name.
    package struct Identity: Sendable, Hashable {
        package let device: UInt
        package let inode: UInt
    }

    package let kind: Kind
    /// With set-user-id, set-group-id and sticky.
    package let permissions: UInt32
    /// In bytes.
    package let size: Int
    package let owner: UInt32
    package let group: UInt32
    package let identity: Identity
    package let modified: Time
    package let changed: Time

    package init(of path: String, followingLink: Bool = true) throws(FileError) {
        var status = stat()
        let code = unsafe followingLink ? stat(path, &status) : lstat(path, &status)
        guard code == 0 else { throw FileError("look at", path) }
        self.init(status)
    }

    package init(_ status: stat) {
        kind = Kind(mode: status.st_mode)
        permissions = status.st_mode & 0o7777
        size = Int(status.st_size)
        owner = status.st_uid
        group = status.st_gid
        identity = Identity(device: status.st_dev, inode: status.st_ino)
        modified = Time(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
        changed = Time(seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
    }

    package var isFile: Bool { kind == .file }
    package var isDirectory: Bool { kind == .directory }
    package var isLink: Bool { kind == .link }

    /// Whether content was written between the two.
    package func hasSameContent(as other: FileStatus) -> Bool { size == other.size && modified == other.modified }
}

extension FileStatus.Kind {
    init(mode: UInt32) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .other
            }
    }

    /// What a directory says of an entry; nil where its file system does not say.
    init?(entryType: UInt8) {
        switch Int(entryType) {
        case Int(DT_UNKNOWN): return nil
        case Int(DT_REG): self = .file
        case Int(DT_DIR): self = .directory
        case Int(DT_LNK): self = .link
        case Int(DT_FIFO): self = .pipe
        case Int(DT_SOCK): self = .socket
        default: self = .other
        }
    }
}
