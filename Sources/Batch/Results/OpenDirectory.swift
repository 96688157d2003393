internal import Glibc

/// An open directory.
struct OpenDirectory: ~Copyable {
    let number: Int32
    let path: String

    /// Opens a directory that a person has named; links are followed.
    init(path: String) throws(ResultError) {
        self.path = path
        number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .system("Opening the directory", path) }
    }

    /// Opens a directory inside another and makes it when it is not there; no link is followed.
    init(_ name: String, in parent: borrowing OpenDirectory) throws(ResultError) {
        path = parent.path + "/" + name
        let isNew = mkdirat(parent.number, name, 0o777) == 0
        guard isNew || errno == EEXIST else {
            number = -1
            throw .system("Making the directory", path)
        }
        number = openat(parent.number, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else { throw .system("Opening the directory", path) }
        if isNew { try parent.synchronize() }
    }

    deinit { if number >= 0 { close(number) } }

    func synchronize() throws(ResultError) {
        // Some network file systems cannot, and need not.
        guard fsync(number) == 0 || errno == EINVAL else { throw .system("Writing to the directory", path) }
    }

    /// Gives out the names in it, but for `.` and `..`, until `each` says that it has seen enough.
    func visitNames(_ each: (String) -> Bool) throws(ResultError) {
        // Its own place in the directory, which the stream closes.
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw .system("Listing the directory", path) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", !each(name) { return }
        }
    }
}
