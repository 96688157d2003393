internal import CGit2

extension Repository {
    /// The files that differ, with the content of those that `select` chooses.
    ///
    /// Made for hooks: listing reads no content, so a difference of any size costs what its list costs. The order is
    /// git's.
    ///
    /// - Parameters:
    ///   - range: The two states.
    ///   - largest: A file of more bytes, before or after, is not read.
    ///   - select: Gets the list, gives what is wanted of each file, in the same order.
    /// - Returns: All files, with what was wanted of them.
    /// - Throws: `notFound` for an unknown commit.
    package func changes(
        _ range: ChangeRange, largest: Int = 1 << 20,
        select: @Sendable ([ChangeEntry]) -> [ContentWanted]
    ) async throws(GitError) -> [ChangeRead] {
        guard handle != nil else { return try await programChanges(range, largest: largest, select: select) }
        let diff = try changesHandle(range)
        let reader = unsafe ChangeReader(repository: try library, diff: diff.pointer, largest: largest)
        try reader.findRenames()
        let entries = try reader.entries(usingIndexAttributes: range == .staged)
        return try reader.read(entries, wanted: select(entries))
    }

    private func changesHandle(_ range: ChangeRange) throws(GitError) -> Handle {
        switch range {
        case .staged:
            let repository = unsafe try library
            return try unsafe withTree(of: headCommit(), path: nil, contextLines: 3) { out, tree, options in
                unsafe git_diff_tree_to_index(out, repository, tree, nil, options)
            }
        case .between(let from, let to):
            let reader = unsafe CommitReader(try library)
            let old = try from.map { (from) throws(GitError) in try tree(of: try reader.key(of: from)) }
            let new = try tree(of: try reader.key(of: to))
            let repository = unsafe try library
            defer { withExtendedLifetime((old, new)) {} }
            return try unsafe DiffReader.difference(path: nil, contextLines: 3) { out, options in
                unsafe git_diff_tree_to_tree(out, repository, old?.pointer, new.pointer, options)
            }
        }
    }
}
