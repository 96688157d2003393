internal import Files
internal import Glibc

/// The records that servers and starters leave for each other: a few lines, read whole.
enum SmallFile {
    private static let mostBytes = 64 << 10

    /// The first 64 KiB as text; nil when there is no such file, or none that may be read.
    static func text(_ path: String) -> String? {
        guard let file = try? OpenFile(path),
            let bytes = try? file.read(atMost: mostBytes - 1, expecting: mostBytes - 1)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Replaces a file in one step, so that a reader sees the old text or the new one.
    static func replace(_ path: String, with text: String) throws(ServicesError) {
        do {
            let draft = "\(FileSystem.name(of: path)).\(getpid())"
            try NewFile.write(Array(text.utf8), to: path, passing: .name(draft), isDurable: false)
        } catch {
            throw ServicesError(error, doing: "write")
        }
    }
}

extension FileStatus {
    /// Whether a user may search (enter) a directory with this status.
    func admits(_ user: ServiceUser) -> Bool {
        if owner == user.userID { return permissions & 0o100 != 0 }
        if group == user.groupID { return permissions & 0o010 != 0 }
        return permissions & 0o001 != 0
    }
}
