internal import FoundationEssentials

extension GitError {
    static var declared: GitError { GitError(.failed, "This operation is declared and not built yet.") }
}

extension Repository {
    func programLog(_ query: LogQuery) async throws(GitError) -> CommitLog { throw .declared }
    func programContributors(of start: String?, path: String?, since: Date?, until: Date?, limit: Int)
        async throws(GitError) -> Contributors
    { throw .declared }
    func programHead() async throws(GitError) -> Head { throw .declared }
    func programResolve(_ reference: String) async throws(GitError) -> ObjectID { throw .declared }
    func programMergeBase(_ left: String, _ right: String) async throws(GitError) -> ObjectID? { throw .declared }
    func programBranches(includingRemote: Bool, limit: Int) async throws(GitError) -> [Branch] { throw .declared }
    func programTags(limit: Int) async throws(GitError) -> [Tag] { throw .declared }
    func programDiff(_ range: DiffRange, path: String?, bounds: DiffBounds) async throws(GitError) -> Diff {
        throw .declared
    }
    func programShow(_ reference: String, path: String?, bounds: DiffBounds) async throws(GitError) -> ShownCommit {
        throw .declared
    }
    func programStatus(limit: Int) async throws(GitError) -> RepositoryStatus { throw .declared }
    func programTrackedFiles(_ limit: Int) async throws(GitError) -> [String] { throw .declared }
    func programFile(_ path: String, at reference: String, maxBytes: Int) async throws(GitError) -> FileContent {
        throw .declared
    }
    func programBlame(_ path: String, at reference: String, lines: ClosedRange<Int>?) async throws(GitError) -> Blame {
        throw .declared
    }
    func programConfiguration(prefix: String) async throws(GitError) -> [ConfigurationEntry] { throw .declared }
    func programRemotes() async throws(GitError) -> [Remote] { throw .declared }
}
