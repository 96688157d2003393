internal import CGit2
internal import Files
internal import Glibc

/// What opening found.
struct OpenedRepository: Sendable {
    let location: RepositoryLocation
    /// Nil when libgit2 cannot open it: reads go through the git program.
    let handle: RepositoryHandle?
    let workTree: String?
    let gitDirectory: String
    let traits: RepositoryTraits
}

/// Opens a repository and holds what was opened against what was named. Blocks.
enum RepositoryOpening {
    /// `skipsOwnerCheck`: the git program has accepted the owner.
    static func open(
        _ path: String, usingEnvironment: Bool, skipsOwnerCheck: Bool = false
    ) throws(GitError) -> OpenedRepository {
        try LibGit2.start()
        if usingEnvironment && (FileSystem.variable("GIT_DIR") != nil || FileSystem.variable("GIT_WORK_TREE") != nil) {
            return try openFromEnvironment(path)
        }
        let location = try RepositoryLocation.find(path)
        let format = try RepositoryFormat.read(location.commonDirectory)
        let flags = usingEnvironment ? GIT_REPOSITORY_OPEN_FROM_ENV.rawValue : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
        guard format.extensions.isEmpty else {
            if !skipsOwnerCheck { try checkOwner(of: location) }
            return try withoutLibrary(location, format)
        }
        let handle = try libraryHandle(location.start, flags: flags, skipsOwnerCheck: skipsOwnerCheck)
        let repository = unsafe handle.pointer
        let workTree = unsafe text(ofC: git_repository_workdir(repository))
        try compare(workTree, with: location)
        let opened = RepositoryLocation(
            gitDirectory: location.gitDirectory, commonDirectory: location.commonDirectory,
            workTree: workTree.isEmpty ? nil : location.workTree, passedOver: location.passedOver)
        let traits = unsafe TraitProbe(location: opened, format: format).traits(of: repository)
        return OpenedRepository(
            location: opened, handle: handle, workTree: opened.workTree, gitDirectory: opened.gitDirectory,
            traits: traits)
    }

    /// In a hook git itself says where everything is.
    private static func openFromEnvironment(_ path: String) throws(GitError) -> OpenedRepository {
        let named = try namedByEnvironment(path)
        let format = try RepositoryFormat.read(named.commonDirectory)
        guard format.extensions.isEmpty else { return try withoutLibrary(named, format) }
        let handle = try handleFromEnvironment(path, named)
        let repository = unsafe handle.pointer
        let real = { (pointer: UnsafePointer<CChar>?) in unsafe FileSystem.resolved(text(ofC: pointer)) }
        let location = RepositoryLocation(
            gitDirectory: named.gitDirectory, commonDirectory: named.commonDirectory,
            workTree: unsafe git_repository_workdir(repository).flatMap { unsafe real($0) })
        return OpenedRepository(
            location: location, handle: handle, workTree: location.workTree, gitDirectory: location.gitDirectory,
            traits: unsafe TraitProbe(location: location, format: format).traits(of: repository))
    }

    /// libgit2 knows no `GIT_WORK_TREE`: where that is set, the repository is told its work tree and index.
    private static func handleFromEnvironment(
        _ path: String, _ named: RepositoryLocation
    ) throws(GitError) -> RepositoryHandle {
        guard FileSystem.variable("GIT_WORK_TREE") != nil, let workTree = named.workTree else {
            return try libraryHandle(path, flags: GIT_REPOSITORY_OPEN_FROM_ENV.rawValue, skipsOwnerCheck: false)
        }
        let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
        let handle = try libraryHandle(named.gitDirectory, flags: flags, skipsOwnerCheck: false)
        let repository = unsafe handle.pointer
        try check(unsafe git_repository_set_workdir(repository, workTree, 0), "open the repository \(path)")
        if let file = FileSystem.variable("GIT_INDEX_FILE") {
            let index = try unsafe Handle("read the index", git_index_free) { unsafe git_index_open($0, file) }
            try check(unsafe git_repository_set_index(repository, index.pointer), "open the repository \(path)")
        }
        return handle
    }

    /// `GIT_DIR` without `GIT_WORK_TREE` means that this directory is the work tree's top.
    private static func namedByEnvironment(_ path: String) throws(GitError) -> RepositoryLocation {
        guard let directory = FileSystem.variable("GIT_DIR") else { return try RepositoryLocation.find(path) }
        guard let real = FileSystem.resolved(directory) else {
            throw GitError(.notARepository, "GIT_DIR names \(directory), which is not there.")
        }
        let common = FileSystem.firstLine(ofFile: FileSystem.join(real, "commondir"))
            .flatMap { FileSystem.resolved(FileSystem.join(real, $0)) }
        return RepositoryLocation(
            gitDirectory: real, commonDirectory: common ?? real,
            workTree: FileSystem.resolved(FileSystem.variable("GIT_WORK_TREE") ?? path))
    }

    private static func withoutLibrary(
        _ location: RepositoryLocation, _ format: RepositoryFormat
    ) throws(GitError) -> OpenedRepository {
        if let named = format.workTree {
            try compare(FileSystem.join(location.gitDirectory, named), with: location)
        }
        let opened = RepositoryLocation(
            gitDirectory: location.gitDirectory, commonDirectory: location.commonDirectory,
            workTree: format.isBare ? nil : location.workTree, passedOver: location.passedOver)
        return OpenedRepository(
            location: opened, handle: nil, workTree: opened.workTree, gitDirectory: opened.gitDirectory,
            traits: TraitProbe(location: opened, format: format).traitsWithoutLibrary())
    }

    /// As git does before it reads a repository's configuration: it has to be this user's own, work tree and all.
    private static func checkOwner(of location: RepositoryLocation) throws(GitError) {
        let own = geteuid()
        let caller = own == 0 ? FileSystem.variable("SUDO_UID").flatMap { UInt32($0) } : nil
        for path in [location.workTree, location.gitDirectory, location.commonDirectory].compactMap(\.self) {
            let owner = (try? FileStatus(of: path))?.owner
            guard owner != own, owner == nil || owner != caller else { continue }
            throw GitError.foreign(path)
        }
    }

    private static func libraryHandle(
        _ path: String, flags: UInt32, skipsOwnerCheck: Bool
    ) throws(GitError) -> RepositoryHandle {
        let body = { () throws(GitError) -> RepositoryHandle in
            var repository: OpaquePointer?
            let code = unsafe git_repository_open_ext(&repository, path, flags, nil)
            if let repository = unsafe repository, code == 0 { return unsafe RepositoryHandle(repository) }
            let error = GitError.ofLibrary(code, "open the repository \(path)")
            if error.kind == .ownedBySomeoneElse || error.message.contains("safe.directory") {
                throw GitError.foreign(path)
            }
            throw error.kind == .notFound ? GitError(.notARepository, error.message) : error
        }
        return skipsOwnerCheck ? try LibGit2.withoutOwnerCheck(body) : try LibGit2.withOwnerCheck(body)
    }

    /// The work tree must be the directory that holds `.git`.
    private static func compare(_ workTree: String, with location: RepositoryLocation) throws(GitError) {
        if workTree.isEmpty { return }
        let real = FileSystem.resolved(workTree) ?? workTree
        guard real != location.workTree else { return }
        throw GitError(
            .outside,
            "The repository \(location.gitDirectory) has its work tree elsewhere, at \(real); remove core.worktree "
                + "from its configuration, or open it from there.")
    }
}

extension GitError {
    fileprivate static func foreign(_ path: String) -> GitError {
        GitError(
            .ownedBySomeoneElse,
            "The repository \(path) belongs to another user; if you trust it, run "
                + "`git config --global --add safe.directory \(path)`.")
    }
}
