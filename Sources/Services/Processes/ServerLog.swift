internal import Files

/// The file that a detached server appends its messages to.
struct ServerLog {
    let path: String

    /// Makes the file, keeps one older file when it has grown past 1 MiB, and gives its length.
    func prepare() throws(ServicesError) -> Int {
        do {
            if let status = try? FileStatus(of: path, followingLink: false), status.size > 1 << 20 {
                // A log that cannot be put aside goes on growing, and that is all.
                try? FileSystem.rename(path, to: path + ".1")
            }
            return try OpenFile(path, [.write, .append, .create, .noFollow]).status().size
        } catch {
            throw ServicesError(error, doing: "write")
        }
    }

    /// What was appended after `offset`, at most the first 64 KiB of it.
    func text(after offset: Int) -> String {
        let bytes = (try? OpenFile(path).read(64 << 10, at: offset)) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }
}
