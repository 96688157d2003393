internal import Files
internal import Glibc

/// A file that is written without a name, or with a passing one, and gets its name when it is whole and on disk.
enum WholeFile {
    /// Writes a file under a name that must not be taken.
    static func create(
        _ bytes: [UInt8], as name: String, in directory: OpenFile, mode: mode_t? = nil
    ) throws(FileError) {
        let file = try written(bytes, in: directory, mode: mode, owner: nil)
        try file.claim(name)
        try directory.synchronize()
    }

    /// Writes a file and has it take the place of another, whose permissions and owner it keeps.
    static func replace(
        _ name: String, with bytes: [UInt8], keeping old: FileContent, in directory: OpenFile
    ) throws(FileError) {
        let file = try written(bytes, in: directory, mode: old.mode, owner: (old.owner, old.group))
        try file.replace(name)
        try directory.synchronize()
    }

    private static func written(
        _ bytes: [UInt8], in directory: OpenFile, mode: mode_t?, owner: (uid_t, gid_t)?
    ) throws(FileError) -> NewFile {
        let new = try NewFile(in: directory, passing: .none(prefix: ".vocero-"), permissions: mode ?? 0o666)
        try new.write(bytes)
        if let owner, owner.0 != geteuid() || owner.1 != getegid() {
            // Only root can give a file away; anyone else's replacement becomes their own, as with any editor.
            try? new.file.setOwner(owner.0, group: owner.1)
        }
        if let mode { try new.file.setPermissions(mode) }
        try new.file.synchronize()
        return new
    }
}
