internal import CGit2

extension Repository {
    /// Puts files and directories into the index as they are in the work tree; deleted ones are taken out.
    ///
    /// - Parameters:
    ///   - paths: From the work tree's top.
    ///   - force: Ignored files too, where they are named themselves.
    /// - Returns: The paths whose entries changed.
    /// - Throws: `notFound`, `outside` for what lies behind a symbolic link, `locked`, `invalidName`.
    @discardableResult
    package func stage(_ paths: [String], force: Bool = false) async throws(GitError) -> [String] {
        let checked = try treePaths(paths)
        if programReason(forWorkTree: true) != nil {
            let arguments =
                ["add", "-A"] + (force ? ["--force"] : []) + ["--"] + checked.map { $0.isTop ? "." : $0.text }
            _ = try await program.output(arguments, doing: "stage the files", purpose: .write)
            return paths
        }
        let index = try openIndex()
        let staging = try unsafe staging(index: index.pointer)
        let changes = try staging.changes(of: checked, untracked: true, force: force)
        try unsafe write(changes, to: index.pointer)
        return changes.map(\.path)
    }

    func treePaths(_ paths: [String]) throws(GitError) -> [TreePath] {
        if paths.isEmpty { throw GitError(.invalidName, "No path was given; name the files to stage.") }
        var checked: [TreePath] = []
        for path in paths { checked.append(path == "." ? .top : try TreePath(path)) }
        return checked
    }

    func staging(index: OpaquePointer) throws(GitError) -> Staging {
        guard let workTree else { throw .bare("stage files") }
        return unsafe Staging(try library, workTree: workTree, index: index)
    }

    /// Applies changes and writes the index, under git's own lock.
    func write(_ changes: [IndexChange], to index: OpaquePointer) throws(GitError) {
        if changes.isEmpty { return }
        // Removals first: a file may have taken a directory's place.
        for change in changes where change.entry == nil { try unsafe change.apply(to: index) }
        for change in changes where change.entry != nil { try unsafe change.apply(to: index) }
        let code = unsafe git_index_write(index)
        if code == GIT_ELOCKED.rawValue { throw .locked("'\(unsafe text(ofC: git_index_path(index))).lock'") }
        try check(code, "write the index")
    }
}

extension TreePath {
    static let top = TreePath(checked: "")

    private init(checked: String) { text = checked }
}
