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
        let diff: Handle
        do throws(GitError) {
            diff = try changesHandle(range)
        } catch {
            // An index that libgit2 cannot read (split, sparse), a namespace: git itself knows.
            if error.kind == .cancelled || error.kind == .notFound && !range.isStaged { throw error }
            return try await programChanges(range, largest: largest, select: select)
        }
        let reader = unsafe ChangeReader(repository: try library, diff: diff.pointer, largest: largest)
        try reader.findRenames()
        let entries = try reader.entries(usingIndexAttributes: range.isStaged)
        return try reader.read(entries, wanted: select(entries))
    }

    private func changesHandle(_ range: ChangeRange) throws(GitError) -> Handle {
        switch range {
        case .staged, .stagedInPlaceOfHead:
            let repository = unsafe try library
            let index = try indexToCommit()
            var base = try headCommit()
            if range == .stagedInPlaceOfHead {
                base = try base.flatMap { (key) throws(GitError) in
                    shallowEdge.contains(key) ? nil : try unsafe CommitReader(repository).firstParent(of: key)
                }
            }
            return try unsafe withTree(of: base, path: nil, contextLines: 3) { out, tree, options in
                unsafe git_diff_tree_to_index(out, repository, tree, index.pointer, options)
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

    /// The index without what `git add -N` only announced: a commit leaves that out.
    private func indexToCommit() throws(GitError) -> Handle {
        let repository = unsafe try library
        let index = try unsafe Handle("read the index", git_index_free) {
            unsafe git_repository_index($0, repository)
        }
        let announced = unsafe Self.announced(in: index.pointer)
        if announced.isEmpty { return index }
        let copy = try openIndex()
        for path in announced { try check(unsafe git_index_remove(copy.pointer, path, 0), "read the index") }
        return copy
    }

    private static func announced(in index: OpaquePointer) -> [String] {
        let flag = UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue)
        var paths: [String] = []
        for number in unsafe 0..<git_index_entrycount(index) {
            guard let entry = unsafe git_index_get_byindex(index, number),
                unsafe entry.pointee.flags_extended & flag != 0
            else { continue }
            unsafe paths.append(text(ofC: entry.pointee.path))
        }
        return paths
    }
}
