internal import CGit2
internal import Files
internal import Glibc

/// Finds what changed in the work tree and makes blobs of it. Writes no index.
@safe
struct Staging {
    let repository: OpaquePointer
    let workTree: String
    /// The index as it is on disk, of this work alone.
    let index: OpaquePointer

    init(_ repository: OpaquePointer, workTree: String, index: OpaquePointer) {
        unsafe self.repository = unsafe repository
        self.workTree = workTree
        unsafe self.index = unsafe index
    }

    /// The changes of some paths, or of everything when there are none.
    ///
    /// - Throws: `notFound` for a path that is neither in the work tree nor in the index, `conflict`, `invalidName`
    ///   for an ignored one.
    func changes(of paths: [TreePath], untracked: Bool, force: Bool = false) throws(GitError) -> [IndexChange] {
        for path in paths where !path.isTop { try path.requireNoLink(in: workTree) }
        var changes: [IndexChange] = []
        for path in paths where force && !isTracked(path) { changes += try forced(path) }
        let found = try changedPaths(below: paths, untracked: untracked)
        for path in paths where !force {
            let isFound = found.contains { $0 == path.text || $0.hasPrefix(path.text + "/") } || path.isTop
            if !isFound && !isTracked(path) { try explain(path) }
        }
        for path in found {
            try checkCancellation()
            changes.append(try change(of: try TreePath(path)))
        }
        return changes
    }

    private func changedPaths(below paths: [TreePath], untracked: Bool) throws(GitError) -> [String] {
        let names = paths.contains { $0.isTop } ? [] : paths.map(\.text)
        let list = try unsafe Handle("read the status", git_status_list_free) { out in
            unsafe withStringArray(names) { array in
                var options = unsafe git_status_options()
                unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
                unsafe options.show = GIT_STATUS_SHOW_WORKDIR_ONLY
                unsafe options.flags = GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH.rawValue
                if untracked {
                    unsafe options.flags |=
                        GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
                }
                unsafe options.pathspec = unsafe array
                return unsafe git_status_list_new(out, repository, &options)
            }
        }
        var found: [String] = []
        for position in unsafe 0..<git_status_list_entrycount(list.pointer) {
            guard let entry = unsafe git_status_byindex(list.pointer, position) else { continue }
            let value = unsafe StatusEntry(entry.pointee)
            if value.isConflicted {
                throw GitError(
                    .conflict, "\(printable(value.path)) has a conflict; resolve it and `git add` it first.")
            }
            if value.unstaged != nil { found.append(value.path) }
        }
        return found
    }

    private func change(of path: TreePath) throws(GitError) -> IndexChange {
        let known = unsafe git_index_get_bypath(index, path.text, 0)
        let knownMode = unsafe known?.pointee.mode
        if knownMode == GIT_FILEMODE_COMMIT.rawValue {
            throw GitError(
                .unsupported(feature: "submodule"),
                "\(printable(path.text)) is a submodule; stage it with git itself.")
        }
        let file = try WorkTreeFile(path, in: workTree)
        switch file.content {
        case .missing, .behindLink: return IndexChange(path: path.text, removed: ())
        case .directory:
            // What was a file is a directory now; its files are changes of their own.
            if knownMode != nil { return IndexChange(path: path.text, removed: ()) }
            throw GitError(
                .unsupported(feature: "submodule"),
                "\(printable(path.text)) is a repository of its own; add it with `git submodule add`.")
        case .link(let target, let status):
            return IndexChange(
                path: path.text, id: try blob(target), mode: GIT_FILEMODE_LINK.rawValue, status: status)
        case .file(let bytes, let status):
            return IndexChange(
                path: path.text, id: try filteredBlob(bytes, path),
                mode: mode(status.permissions & 0o100 != 0, known: knownMode),
                status: status)
        }
    }

    /// `core.fileMode` false: the file system does not know, the index does.
    private func mode(_ isExecutable: Bool, known: UInt32?) -> UInt32 {
        let plain = GIT_FILEMODE_BLOB.rawValue
        let executable = GIT_FILEMODE_BLOB_EXECUTABLE.rawValue
        if unsafe git_index_caps(index) & GIT_INDEX_CAPABILITY_NO_FILEMODE.rawValue != 0 {
            return known == executable ? executable : plain
        }
        return isExecutable ? executable : plain
    }

    /// With the conversions that attributes and `core.autocrlf` ask for.
    private func filteredBlob(_ bytes: [UInt8], _ path: TreePath) throws(GitError) -> ObjectID {
        var filters: OpaquePointer?
        try check(
            unsafe git_filter_list_load(&filters, repository, nil, path.text, GIT_FILTER_TO_ODB, 0),
            "read the attributes of \(printable(path.text))")
        guard let filters = unsafe filters else { return try blob(bytes) }
        defer { unsafe git_filter_list_free(filters) }
        var buffer = unsafe git_buf()
        let code = unsafe bytes.withUnsafeBytes { source in
            unsafe git_filter_list_apply_to_buffer(
                &buffer, filters, source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count)
        }
        try check(code, "convert \(printable(path.text))")
        defer { unsafe git_buf_dispose(&buffer) }
        return try blob(unsafe Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size)))
    }

    private func blob(_ bytes: [UInt8]) throws(GitError) -> ObjectID {
        var id = git_oid()
        let code = unsafe bytes.withUnsafeBytes {
            unsafe git_blob_create_from_buffer(&id, repository, $0.baseAddress, $0.count)
        }
        try check(code, "store a file")
        return ObjectID(id)
    }

    /// A path, or something below it, is in the index.
    func isTracked(_ path: TreePath) -> Bool {
        if unsafe git_index_get_bypath(index, path.text, 0) != nil || path.isTop { return true }
        return unsafe git_index_find_prefix(nil, index, path.text + "/") == 0
    }

    /// An ignored file that someone asked for by name.
    private func forced(_ path: TreePath) throws(GitError) -> [IndexChange] {
        let change = try change(of: path)
        return change.entry == nil ? [] : [change]
    }

    /// Why a path that was named has nothing to stage.
    private func explain(_ path: TreePath) throws(GitError) {
        switch try WorkTreeFile(path, in: workTree).content {
        case .missing:
            throw GitError(.notFound, "There is no \"\(printable(path.text))\" in the work tree or in the index.")
        case .directory, .file, .link, .behindLink:
            var isIgnored: Int32 = 0
            try check(unsafe git_ignore_path_is_ignored(&isIgnored, repository, path.text), "read .gitignore")
            if isIgnored == 1 {
                throw GitError(
                    .invalidName, "\"\(printable(path.text))\" is ignored by .gitignore; it is not staged.")
            }
        }
    }
}

extension TreePath {
    /// Throws `outside` when a directory of the path is a symbolic link.
    func requireNoLink(in workTree: String) throws(GitError) {
        guard case .behindLink(let link) = try WorkTreeFile(self, in: workTree).content else { return }
        throw GitError(
            .outside,
            "\(printable(text)) lies behind the symbolic link \(printable(link)); git does not track what is behind "
                + "links.")
    }
}
