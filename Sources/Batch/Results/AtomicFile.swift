internal import Files

/// A result that gets its name when it is whole and on disk; gone without a trace when it does not get there.
struct AtomicFile {
    /// Of the names that files have before they are whole.
    static let prefix = ".vocero-result-"

    private let file: NewFile
    private let path: String

    /// `path` is for messages.
    init(in directory: OpenDirectory, path: String) throws(ResultError) {
        self.path = path
        file = try ResultError.catching("Writing", path) { () throws(FileError) in
            try NewFile(in: directory.file, passing: .random(prefix: Self.prefix), permissions: 0o666)
        }
    }

    /// Whether a name is that of a file which a process has left that was killed.
    static func isLeftover(_ name: String, in directory: OpenDirectory) -> Bool {
        name.hasPrefix(prefix) && NewFile.isLeftover(name, in: directory.file)
    }

    func write(_ text: String) throws(ResultError) {
        try ResultError.catching("Writing", path) { () throws(FileError) in try file.write(text) }
    }

    /// Waits until it is on the disk.
    func synchronize() throws(ResultError) {
        try ResultError.catching("Writing", path) { () throws(FileError) in try file.file.synchronize() }
    }

    /// Takes the place of what has the name. The directory is to be synchronised by the caller.
    func take(_ name: String) throws(ResultError) {
        try ResultError.catching("Writing", path) { () throws(FileError) in try file.replace(name) }
    }
}
