internal import Files

/// What a repository's own configuration file says of its format, read before anything opens it.
struct RepositoryFormat: Sendable {
    /// `extensions.*` that libgit2 cannot open.
    var extensions: [String] = []
    /// `core.worktree`.
    var workTree: String?
    var isBare = false
    var isPartialClone = false

    static func read(_ commonDirectory: String) throws(GitError) -> RepositoryFormat {
        var format = RepositoryFormat()
        let file = FileSystem.join(commonDirectory, "config")
        guard FileSystem.kind(of: file) != nil else { return format }
        var version = 0
        var extensions: [String] = []
        let entries = try GitConfigurationFile.entriesWithoutIncludes(ofFile: file)
        try checkIncludes(of: entries, in: file, depth: 0)
        for (key, value) in entries {
            switch key {
            case "core.worktree": format.workTree = value
            case "core.bare": format.isBare = ["true", "yes", "on", "1"].contains(value.lowercased())
            case "core.repositoryformatversion": version = Int(value) ?? 0
            case "extensions.partialclone": format.isPartialClone = true
            case _ where key.hasPrefix("remote.") && key.hasSuffix(".promisor"): format.isPartialClone = true
            case "extensions.noop": break
            case "extensions.preciousobjects" where version == 0: break
            case "extensions.objectformat" where value.lowercased() == "sha1": break
            case "extensions.refstorage" where value.lowercased() == "files": break
            case _ where key.hasPrefix("extensions."): extensions.append(String(key.dropFirst(11)))
            default: break
            }
        }
        // Before version 1 extensions mean nothing, but for the two that git honours anyway.
        format.extensions = extensions.filter { version > 0 || $0 == "worktreeconfig" || $0 == "objectformat" }
        // Its objects are fetched when they are read, which libgit2 does not do.
        if format.isPartialClone { format.extensions.append("partialclone") }
        if version > 1 { format.extensions.append("repositoryformatversion=\(version)") }
        return format
    }

    /// Whoever reads the configuration opens what it includes: a pipe would be waited for, a device read without end.
    private static func checkIncludes(
        of entries: [(key: String, value: String)], in file: String, depth: Int
    ) throws(GitError) {
        // Disarmed: `include` is `xnclude`.
        for (key, value) in entries where key.hasPrefix("xnclude") && key.hasSuffix(".path") {
            let path = FileSystem.join(FileSystem.parent(of: file), expandingHome(value))
            guard let status = try? FileStatus(of: path) else { continue }
            guard status.isFile, depth < 10 else {
                throw GitError(
                    .outside, "\(file) includes \(printable(path)), which is no regular file; take that out of it.")
            }
            try checkIncludes(
                of: try GitConfigurationFile.entriesWithoutIncludes(ofFile: path), in: path, depth: depth + 1)
        }
    }

    private static func expandingHome(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = FileSystem.variable("HOME") else { return path }
        return home + path.dropFirst()
    }
}
