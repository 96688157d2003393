internal import Confinement
internal import Files

/// A git directory for one run of git: the repository's own files under other names, and a configuration that holds
/// what ``HarmlessKeys`` lets through. Nothing that the repository configures is run from there, and what git would
/// write lands in it and is thrown away.
struct RepositoryView {
    /// What `GIT_DIR` is set to.
    let gitDirectory: String

    /// Not links into the repository: what is written anew, what is not for a read, and where filters keep their own.
    private static let ownNames: Set<String> = ["config", "config.worktree", "HEAD", "commondir", "hooks", "lfs"]

    init(
        of location: RepositoryLocation, entries: [ConfigurationEntry], in directory: PrivateDirectory
    ) throws(FileError) {
        gitDirectory = directory.path + "/git"
        let common = location.isLinkedWorkTree ? directory.path + "/common" : gitDirectory
        try Self.link(location.gitDirectory, as: gitDirectory)
        if location.isLinkedWorkTree {
            try Self.link(location.commonDirectory, as: common)
            try Self.write(Array((common + "\n").utf8), to: gitDirectory + "/commondir")
        }
        let lines = entries.filter { $0.level >= .local }.compactMap { entry -> String? in
            let key = ConfigurationKey(entry.key)
            return HarmlessKeys.isForReading(key) ? key.line(value: entry.value) : nil
        }
        try Self.write(Array(lines.joined().utf8), to: common + "/config")
        try FileSystem.makeDirectory(directory.path + "/tmp", permissions: 0o700)
    }

    private static func link(_ directory: String, as view: String) throws(FileError) {
        try FileSystem.makeDirectory(view, permissions: 0o700)
        for entry in try FileSystem.entries(in: directory) where !ownNames.contains(entry.name) {
            try FileSystem.makeLink(view + "/" + entry.name, to: directory + "/" + entry.name)
        }
        // git takes no link for HEAD but one to a reference.
        let head = directory + "/HEAD"
        if let target = FileSystem.target(ofLink: head) {
            try FileSystem.makeLink(view + "/HEAD", to: String(decoding: target, as: UTF8.self))
        } else {
            try write(try FileSystem.contents(of: head, limit: 1 << 16), to: view + "/HEAD")
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try OpenFile(path, [.write, .createNew]).write(bytes)
    }
}
