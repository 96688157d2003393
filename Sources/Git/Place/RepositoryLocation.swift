internal import Files

/// Where a repository is, found by looking upwards, and checked: neither a `.git` file nor a `commondir` file of a
/// hostile repository leads to another one.
struct RepositoryLocation: Sendable {
    /// Absolute, without links.
    let gitDirectory: String
    /// Where objects and references are: the git directory itself but in a linked work tree.
    let commonDirectory: String
    /// The directory that holds `.git`; nil for a bare repository.
    let workTree: String?
    /// Bare repositories inside of the work tree that were met on the way up, and not opened.
    var passedOver: [String] = []
    /// What libgit2 and the git program are pointed at.
    var start: String { workTree ?? gitDirectory }

    var isLinkedWorkTree: Bool { gitDirectory != commonDirectory }

    /// - Throws: `notARepository`, or `outside` for a `.git` that leads elsewhere.
    static func find(_ path: String) throws(GitError) -> RepositoryLocation {
        guard let real = FileSystem.resolved(path) else {
            throw GitError(.notARepository, "There is no \(path); name a directory of a repository.")
        }
        let start = FileSystem.kind(of: real) == .directory ? real : FileSystem.parent(of: real)
        var directory = start
        var passedOver: [String] = []
        let device = FileSystem.device(of: directory)
        while true {
            if var found = try at(directory) {
                // As git does with safe.bareRepository=explicit: such a directory may have come with a clone.
                if found.workTree != nil || directory == start && mayBeBare(directory) {
                    try GitDirectoryCheck(found).run()
                    found.passedOver = passedOver
                    return found
                }
                passedOver.append(directory)
            }
            let parent = FileSystem.parent(of: directory)
            guard parent != directory, FileSystem.device(of: parent) == device else { break }
            directory = parent
        }
        throw GitError(
            .notARepository,
            "\(real) is not in a git repository; name a directory of one, or make one with `git init`.")
    }

    /// A bare repository is one that was named itself and lies in no work tree.
    private static func mayBeBare(_ directory: String) -> Bool {
        if directory.contains("/.git/modules/") || directory.contains("/.git/worktrees/") { return true }
        var above = FileSystem.parent(of: directory)
        while true {
            if FileSystem.kind(of: FileSystem.join(above, ".git")) != nil { return false }
            guard above != "/" else { return true }
            above = FileSystem.parent(of: above)
        }
    }

    private static func at(_ directory: String) throws(GitError) -> RepositoryLocation? {
        let entry = FileSystem.join(directory, ".git")
        switch FileSystem.kind(of: entry) {
        case .directory where isGitDirectory(entry):
            return try RepositoryLocation(gitDirectory: entry, workTree: directory)
        case .link, .file:
            guard let target = target(of: entry, in: directory) else { return nil }
            let found = try RepositoryLocation(gitDirectory: target, workTree: directory)
            try found.checkThatItBelongs(to: directory)
            return found
        default: break
        }
        guard isGitDirectory(directory) else { return nil }
        let isInside = directory.hasSuffix("/.git")
        return try RepositoryLocation(
            gitDirectory: directory, workTree: isInside ? FileSystem.parent(of: directory) : nil)
    }

    init(gitDirectory: String, commonDirectory: String, workTree: String?, passedOver: [String] = []) {
        self.passedOver = passedOver
        self.gitDirectory = gitDirectory
        self.commonDirectory = commonDirectory
        self.workTree = workTree
    }

    private init(gitDirectory: String, workTree: String?) throws(GitError) {
        self.gitDirectory = gitDirectory
        self.workTree = workTree
        let named = FileSystem.firstLine(ofFile: FileSystem.join(gitDirectory, "commondir"))
        let common = named.flatMap { FileSystem.resolved(FileSystem.join(gitDirectory, $0)) } ?? gitDirectory
        if common != gitDirectory, FileSystem.parent(of: gitDirectory) != FileSystem.join(common, "worktrees") {
            throw GitError(
                .outside,
                "\(gitDirectory) takes its objects and references from \(common), which is another repository; "
                    + "remove its file commondir if you trust it.")
        }
        commonDirectory = common
    }

    /// Where a `.git` that is a file or a symbolic link leads.
    private static func target(of entry: String, in directory: String) -> String? {
        var target: String?
        if FileSystem.kind(of: entry) == .link {
            target = FileSystem.resolved(entry)
        } else if let line = FileSystem.firstLine(ofFile: entry), line.hasPrefix("gitdir: ") {
            target = FileSystem.resolved(FileSystem.join(directory, String(line.dropFirst(8))))
        }
        return target.flatMap { isGitDirectory($0) ? $0 : nil }
    }

    /// A git directory that is used from elsewhere must name the work tree it is used from.
    private func checkThatItBelongs(to directory: String) throws(GitError) {
        let own = FileSystem.join(directory, ".git")
        if let back = FileSystem.firstLine(ofFile: FileSystem.join(gitDirectory, "gitdir")),
            FileSystem.resolved(FileSystem.join(gitDirectory, back)) == FileSystem.resolved(own)
        {
            return
        }
        if let named = try RepositoryFormat.read(commonDirectory).workTree,
            FileSystem.resolved(FileSystem.join(gitDirectory, named)) == directory
        {
            return
        }
        throw GitError(
            .outside,
            "\(own) leads to \(gitDirectory), which does not name this work tree; if it is right, run "
                + "`git worktree repair` there or `git --git-dir=\(gitDirectory) config core.worktree \(directory)`.")
    }

    private static func isGitDirectory(_ path: String) -> Bool {
        let has = { (name: String) in FileSystem.kind(of: FileSystem.join(path, name)) }
        guard has("HEAD") == .file || has("HEAD") == .link else { return false }
        if has("commondir") == .file { return true }
        return has("objects") != nil && has("refs") != nil
    }
}
