internal import Glibc
internal import SystemPackage

extension FileSystem {
    /// Renames, over what has the other name. `isDurable`: it survives a power cut when this returns.
    package static func rename(_ path: String, to other: String, isDurable: Bool = false) throws(FileError) {
        guard unsafe Glibc.rename(path, other) == 0 else { throw FileError("rename \(path) to", other) }
        if isDurable { try synchronizeDirectory(of: other) }
    }

    /// Gives an entry a second name that nothing has yet; a link stays a link.
    package static func link(_ path: String, as other: String) throws(FileError) {
        guard unsafe linkat(AT_FDCWD, path, AT_FDCWD, other, 0) == 0 else {
            throw FileError("rename \(path) to", other)
        }
    }

    /// Makes a symbolic link where nothing is.
    package static func makeLink(_ path: String, to target: String) throws(FileError) {
        guard unsafe symlink(target, path) == 0 else { throw FileError("make", path) }
    }

    /// Removes a file or link; one that is not there is an error.
    package static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 else { throw FileError("remove", path) }
    }

    /// Removes an empty directory.
    package static func removeDirectory(_ path: String) throws(FileError) {
        guard unsafe rmdir(path) == 0 else { throw FileError("remove", path) }
    }

    /// Makes a directory; one that is there already is an error.
    package static func makeDirectory(_ path: String, permissions: UInt32) throws(FileError) {
        guard unsafe mkdir(path, permissions) == 0 else { throw FileError("make", path) }
    }

    /// Makes a directory and those above it, for the owner only unless `permissions` say otherwise. Of those that are
    /// there already nothing is changed.
    package static func makeDirectories(_ path: String, permissions: UInt32 = 0o700) throws(FileError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
            if unsafe mkdir(made, permissions) == 0 || errno == EEXIST { continue }
            let error = FileError("make", made)
            // On a file system that is read only, say, what is there is there all the same.
            guard (try? FileStatus(of: made))?.isDirectory == true else { throw error }
        }
    }

    package static func setPermissions(_ permissions: UInt32, of path: String) throws(FileError) {
        guard unsafe chmod(path, permissions) == 0 else { throw FileError("set the mode of", path) }
    }

    /// Only root can give a file away. The largest number stands for who has it.
    package static func setOwner(
        _ owner: UInt32, group: UInt32, of path: String, followingLink: Bool = true
    ) throws(FileError) {
        let result = unsafe followingLink ? chown(path, owner, group) : lchown(path, owner, group)
        guard result == 0 else { throw FileError("give away", path) }
    }

    /// What was made, renamed or removed beside a path survives a power cut when this returns.
    package static func synchronizeDirectory(of path: String) throws(FileError) {
        try OpenFile(parent(of: path), [.directory]).synchronizeDirectory()
    }
}

extension OpenFile {
    /// The names in this directory are on the disk when this returns.
    package func synchronizeDirectory() throws(FileError) {
        do {
            try synchronize()
        } catch {
            // Some network file systems cannot, and need not.
            guard error.code == .invalidArgument else { throw error }
        }
    }
}
