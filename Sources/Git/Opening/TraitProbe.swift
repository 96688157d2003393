internal import CGit2
internal import Files
internal import FoundationEssentials

/// Finds what a repository has that libgit2 would get wrong.
struct TraitProbe {
    let location: RepositoryLocation
    let format: RepositoryFormat

    func traits(of repository: OpaquePointer) -> RepositoryTraits {
        var traits = traitsWithoutLibrary()
        var opened: OpaquePointer?
        guard unsafe git_repository_config_snapshot(&opened, repository) == 0, let configuration = unsafe opened
        else { return traits }
        defer { unsafe git_config_free(configuration) }
        unsafe traits.signsCommits = ConfigurationReader.isTrue("commit.gpgsign", of: configuration)
        unsafe traits.signsTags = ConfigurationReader.isTrue("tag.gpgsign", of: configuration)
        unsafe traits.isSparse = ConfigurationReader.isTrue("core.sparsecheckout", of: configuration)
        let hooks = unsafe ConfigurationReader.string("core.hookspath", of: configuration)
        traits.hooks = executableHooks(in: hooks)
        let hasFilters = unsafe (try? ConfigurationReader.entries(of: configuration))?.contains {
            $0.key.hasPrefix("filter.")
        }
        traits.externalFilters = hasFilters == true || hasLargeFileStore ? filtersInUse() : []
        return traits
    }

    func traitsWithoutLibrary() -> RepositoryTraits {
        var traits = RepositoryTraits()
        traits.isBare = location.workTree == nil
        traits.isLinkedWorkTree = location.isLinkedWorkTree
        traits.isSubmodule = location.gitDirectory.contains("/.git/modules/")
        traits.isShallow = !FileSystem.lines(ofFile: common("shallow")).isEmpty
        traits.hasSplitIndex = hasSplitIndex
        traits.isPartialClone = format.isPartialClone
        traits.hooks = executableHooks(in: nil)
        traits.alternates = FileSystem.lines(ofFile: common("objects/info/alternates")).map { String($0) }
        traits.extensions = format.extensions
        traits.passedOver = location.passedOver
        return traits
    }

    private func common(_ path: String) -> String { FileSystem.join(location.commonDirectory, path) }

    private var hasLargeFileStore: Bool { FileSystem.kind(of: common("lfs")) == .directory }

    /// A split index names a shared one beside it.
    private var hasSplitIndex: Bool {
        guard FileSystem.kind(of: FileSystem.join(location.gitDirectory, "index")) != nil else { return false }
        return FileSystem.names(in: location.gitDirectory).contains { $0.hasPrefix("sharedindex.") }
    }

    private func executableHooks(in configured: String?) -> [String] {
        var directory = common("hooks")
        if let configured, !configured.isEmpty {
            let base = location.workTree ?? location.gitDirectory
            directory = FileSystem.join(base, expandingHome(configured))
        }
        return Self.hooks.filter { FileSystem.isExecutableFile(FileSystem.join(directory, $0)) }
    }

    private func expandingHome(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] else { return path }
        return home + path.dropFirst()
    }

    private static let hooks = [
        "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout", "reference-transaction",
        "post-index-change",
    ]

    /// The filters that the top directory's attributes name, but for those that git has built in.
    private func filtersInUse() -> [String] {
        var files = [common("info/attributes")]
        if let workTree = location.workTree { files.append(FileSystem.join(workTree, ".gitattributes")) }
        var filters: Set<String> = []
        for file in files {
            for line in FileSystem.lines(ofFile: file) where !line.hasPrefix("#") {
                for word in line.split(separator: " ") where word.hasPrefix("filter=") {
                    filters.insert(String(word.dropFirst(7)))
                }
            }
        }
        return filters.sorted()
    }
}
