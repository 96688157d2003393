package import FoundationEssentials

extension Repository {
    /// HEAD, the branch's upstream, what was begun, and the changed files.
    package func status(limit: Int = 1_000) async throws(GitError) -> RepositoryStatus { throw .declared }
    /// Where HEAD is now.
    package func head() async throws(GitError) -> Head { throw .declared }
    /// Commits, newest first.
    package func log(_ query: LogQuery = LogQuery()) async throws(GitError) -> CommitLog { throw .declared }
    /// One commit with what it changes.
    package func show(
        _ reference: String = "HEAD", path: String? = nil, bounds: DiffBounds = DiffBounds()
    ) async throws(GitError) -> ShownCommit { throw .declared }
    /// The difference of two states, of the whole tree or of one file or directory.
    package func diff(
        _ range: DiffRange, path: String? = nil, bounds: DiffBounds = DiffBounds()
    ) async throws(GitError) -> Diff { throw .declared }
    /// Who wrote the lines of a file, as it is at a reference.
    package func blame(
        _ path: String, at reference: String = "HEAD", lines: ClosedRange<Int>? = nil
    ) async throws(GitError) -> Blame { throw .declared }
    /// Branches by name, local ones first.
    package func branches(includingRemote: Bool = true, limit: Int = 500) async throws(GitError) -> [Branch] {
        throw .declared
    }
    /// Tags, newest first.
    package func tags(limit: Int = 200) async throws(GitError) -> [Tag] { throw .declared }
    package func remotes() async throws(GitError) -> [Remote] { throw .declared }
    /// Who wrote the commits that a reference or range `A..B` reaches.
    package func contributors(
        of start: String? = nil, path: String? = nil, since: Date? = nil, until: Date? = nil, limit: Int = 100
    ) async throws(GitError) -> Contributors { throw .declared }
    /// A file as it was.
    package func file(
        _ path: String, at reference: String = "HEAD", maxBytes: Int = 1 << 20
    ) async throws(GitError) -> FileContent { throw .declared }
    /// The commit that a reference, a tag, an id or its beginning, `HEAD~2` names.
    package func resolve(_ reference: String) async throws(GitError) -> ObjectID { throw .declared }
    /// The newest commit that both have; nil when they have none.
    package func mergeBase(_ left: String, _ right: String) async throws(GitError) -> ObjectID? { throw .declared }
    /// The repository's git configuration of all levels, the weakest first, of keys that begin with `prefix`.
    package func configuration(prefix: String = "") async throws(GitError) -> [ConfigurationEntry] { throw .declared }
    /// `owner/name` from the URL of origin or the first remote, else the work tree directory's name.
    package func repositoryName() async throws(GitError) -> String { throw .declared }
    /// The paths of tracked files, by name.
    package func trackedFiles(limit: Int = 100_000) async throws(GitError) -> [String] { throw .declared }

    /// Puts files and directories into the index as they are in the work tree; deleted ones are taken out.
    ///
    /// - Returns: The paths whose entries changed.
    @discardableResult
    package func stage(_ paths: [String], force: Bool = false) async throws(GitError) -> [String] { throw .declared }
    /// Writes the objects of a commit and moves nothing.
    package func prepare(_ request: CommitRequest) async throws(GitError) -> PreparedCommit { throw .declared }
    /// Moves HEAD's branch to a prepared commit, if it is where it was.
    package func perform(_ prepared: PreparedCommit) async throws(GitError) -> Commit { throw .declared }
    /// Prepares and performs.
    package func commit(_ request: CommitRequest) async throws(GitError) -> Commit { throw .declared }
    /// Makes a branch at a reference, without checking it out.
    package func createBranch(
        _ name: String, at reference: String? = nil, expectedHead: ExpectedHead = .any
    ) async throws(GitError) -> Branch { throw .declared }
    /// Switches to a branch (a remote's: makes the local one), or detaches HEAD at anything else. Local changes
    /// are kept, and refused when they would be lost.
    package func checkout(_ reference: String, expectedHead: ExpectedHead = .any) async throws(GitError) -> Head {
        throw .declared
    }
    package func createTag(_ request: TagRequest) async throws(GitError) -> Tag { throw .declared }
}

extension GitError {
    static var declared: GitError { GitError(.failed, "This operation is declared and not built yet.") }
}
