internal import CGit2
internal import Files

extension Repository {
    /// The repository's git configuration of all levels, the weakest first, of keys that begin with `prefix`.
    ///
    /// - Parameter prefix: Such as `vocero.`; empty for everything.
    /// - Returns: Keys in git's form; the last of the same key counts.
    /// - Throws: `failed` when a file of it is broken.
    package func configuration(prefix: String = "") async throws(GitError) -> [ConfigurationEntry] {
        guard handle != nil else { return try await programConfiguration(prefix: prefix) }
        let repository = unsafe try library
        let configuration = try unsafe Handle("read the configuration", git_config_free) {
            unsafe git_repository_config_snapshot($0, repository)
        }
        let prefix = prefix.lowercased()
        let files = configurationFiles()
        let entries = try unsafe ConfigurationReader.entries(of: configuration.pointer).compactMap { entry in
            ConfigurationEntry(
                key: entry.key, value: entry.value, level: ConfigurationEntry.Level(entry.level),
                file: files[entry.level.rawValue] ?? "git's configuration")
        }
        return try Self.asEnvironmentSays(entries).filter { $0.key.lowercased().hasPrefix(prefix) }
    }

    /// libgit2 does not look at `GIT_CONFIG_GLOBAL` and `GIT_CONFIG_NOSYSTEM`, as git does.
    private static func asEnvironmentSays(_ entries: [ConfigurationEntry]) throws(GitError) -> [ConfigurationEntry] {
        var entries = entries
        let isTrue = { (text: String) in ["1", "true", "yes", "on"].contains(text.lowercased()) }
        if let text = FileSystem.variable("GIT_CONFIG_NOSYSTEM"), isTrue(text) {
            entries.removeAll { $0.level == .system }
        }
        guard let file = FileSystem.variable("GIT_CONFIG_GLOBAL") else { return entries }
        entries.removeAll { $0.level == .global }
        // Empty, or not there: there is no global configuration.
        guard FileSystem.kind(of: file) == .file || FileSystem.kind(of: file) == .link else { return entries }
        let own = try GitConfigurationFile.entriesWithoutIncludes(ofFile: file).map {
            ConfigurationEntry(key: $0.key, value: $0.value, level: .global, file: file)
        }
        let place = entries.firstIndex { $0.level == .local } ?? entries.endIndex
        entries.insert(contentsOf: own, at: place)
        return entries
    }

    /// Remotes by name.
    package func remotes() async throws(GitError) -> [Remote] {
        guard handle != nil else { return try await programRemotes() }
        let repository = unsafe try library
        var names = unsafe git_strarray()
        try check(unsafe git_remote_list(&names, repository), "list remotes")
        defer { unsafe git_strarray_dispose(&names) }
        var remotes: [Remote] = []
        for index in unsafe 0..<names.count {
            let name = unsafe text(ofC: names.strings[index])
            let remote = try unsafe Handle.ifFound("read the remote \(printable(name))", git_remote_free) {
                unsafe git_remote_lookup($0, repository, name)
            }
            guard let remote else { continue }
            let url = RemoteURL(unsafe text(ofC: git_remote_url(remote.pointer)))
            let push = unsafe git_remote_pushurl(remote.pointer).map { RemoteURL(unsafe text(ofC: $0)) }
            let pushURL = push?.withoutCredentials
            remotes.append(
                Remote(
                    name: name, url: url.withoutCredentials,
                    pushURL: pushURL == url.withoutCredentials ? nil : pushURL))
        }
        return remotes.sorted { $0.name < $1.name }
    }

    /// `host/owner/name` from the URL of origin or the first remote, else the canonical path of the repository's main work
    /// tree, or of the bare repository: a directory's name alone is nobody's identity.
    package func repositoryName() async throws(GitError) -> String {
        let remotes = try await remotes()
        let remote = remotes.first { $0.name == "origin" } ?? remotes.first
        if let name = remote.flatMap({ RemoteURL($0.url).repositoryName }) { return name }
        let common = location.commonDirectory
        let place = FileSystem.name(of: common) == ".git" ? FileSystem.parent(of: common) : workTree ?? common
        return (try? FileSystem.realPath(place)) ?? place
    }

    private func configurationFiles() -> [Int32: String] {
        var files = [GIT_CONFIG_LEVEL_LOCAL.rawValue: FileSystem.join(location.commonDirectory, "config")]
        unsafe find(GIT_CONFIG_LEVEL_GLOBAL, by: git_config_find_global, into: &files)
        unsafe find(GIT_CONFIG_LEVEL_XDG, by: git_config_find_xdg, into: &files)
        unsafe find(GIT_CONFIG_LEVEL_SYSTEM, by: git_config_find_system, into: &files)
        return files
    }

    private func find(
        _ level: git_config_level_t, by find: (UnsafeMutablePointer<git_buf>?) -> Int32,
        into files: inout [Int32: String]
    ) {
        var buffer = unsafe git_buf()
        if unsafe find(&buffer) == 0 { files[level.rawValue] = unsafe takeText(of: &buffer) }
    }
}

extension ConfigurationEntry.Level {
    init(_ level: git_config_level_t) {
        switch level {
        case GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM: self = .system
        case GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL: self = .global
        default: self = .local
        }
    }
}
