internal import CGit2
internal import Files

/// A checkout that overwrites nothing of the user's, and writes nothing through links: libgit2 says what stands in the
/// way, and the files are written by a ``WorkTreeWriter``, for libgit2 itself follows a link that takes a directory's
/// place while it writes.
@safe
struct SafeCheckout {
    let repository: OpaquePointer
    let writer: WorkTreeWriter

    init(_ repository: OpaquePointer, workTree: String) throws(GitError) {
        unsafe self.repository = unsafe repository
        writer = try WorkTreeWriter(workTree)
    }

    /// Files that stand in the way.
    private final class Conflicts {
        var files: [String] = []
    }

    /// Brings the files from HEAD's to a commit's.
    ///
    /// - Returns: What has to change in the index.
    /// - Throws: `conflict` with what stands in the way; then nothing was written.
    func run(_ commit: OpaquePointer, from head: OpaquePointer?, name: String) throws(GitError) -> [IndexChange] {
        try unsafe checkNothingIsLost(commit, name)
        let deltas = try unsafe changedFiles(from: head, to: commit, name)
        // What goes makes room; attributes say how the rest is written.
        for delta in deltas where delta.mode == nil { try writer.remove(try TreePath(delta.path)) }
        var changes = deltas.filter { $0.mode == nil }.map { IndexChange(path: $0.path) }
        let written = deltas.filter { $0.mode != nil }
        for delta in written.filter(\.isAttributes) + written.filter({ !$0.isAttributes }) {
            changes.append(try write(delta))
        }
        return changes
    }

    private func checkNothingIsLost(_ commit: OpaquePointer, _ name: String) throws(GitError) {
        let conflicts = Conflicts()
        var options = unsafe git_checkout_options()
        unsafe git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION))
        unsafe options.checkout_strategy = GIT_CHECKOUT_SAFE.rawValue | GIT_CHECKOUT_DRY_RUN.rawValue
        unsafe options.notify_flags = GIT_CHECKOUT_NOTIFY_CONFLICT.rawValue
        unsafe options.notify_payload = Unmanaged.passUnretained(conflicts).toOpaque()
        unsafe options.notify_cb = { _, path, _, _, _, payload in
            if let payload = unsafe payload {
                let conflicts = unsafe Unmanaged<Conflicts>.fromOpaque(payload).takeUnretainedValue()
                unsafe conflicts.files.append(text(ofC: path))
            }
            return 0
        }
        do throws(GitError) {
            try check(unsafe git_checkout_tree(repository, commit, &options), "check out \(printable(name))")
        } catch {
            throw conflicts.files.isEmpty ? error : .inTheWay(conflicts.files, of: printable(name))
        }
        withExtendedLifetime(conflicts) {}
    }

    // MARK: What changes

    private struct Delta {
        let path: String
        /// Nil: it goes.
        let mode: UInt32?
        let id: ObjectID
        var isAttributes: Bool { path == ".gitattributes" || path.hasSuffix("/.gitattributes") }
    }

    private func changedFiles(
        from head: OpaquePointer?, to commit: OpaquePointer, _ name: String
    ) throws(GitError) -> [Delta] {
        let new = try unsafe tree(of: commit, name)
        let old = try unsafe head.map { (head) throws(GitError) in try unsafe tree(of: head, "HEAD") }
        var options = unsafe git_diff_options()
        unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
        unsafe options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
        let diff = try unsafe Handle("compare with \(printable(name))", git_diff_free) {
            unsafe git_diff_tree_to_tree($0, repository, old?.pointer, new.pointer, &options)
        }
        var deltas: [Delta] = []
        for position in unsafe 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = unsafe git_diff_get_delta(diff.pointer, position) else { continue }
            let isGone = unsafe delta.pointee.status == GIT_DELTA_DELETED
            let file = unsafe isGone ? delta.pointee.old_file : delta.pointee.new_file
            deltas.append(
                unsafe Delta(
                    path: text(ofC: file.path), mode: isGone ? nil : UInt32(file.mode), id: ObjectID(file.id)))
        }
        return deltas
    }

    private func tree(of commit: OpaquePointer, _ name: String) throws(GitError) -> TreeHandle {
        TreeHandle(
            try unsafe Handle("read the files of \(printable(name))", git_tree_free) {
                unsafe git_commit_tree($0, commit)
            })
    }

    /// A handle that an optional can hold.
    @safe private final class TreeHandle {
        private let handle: Handle
        var pointer: OpaquePointer { unsafe handle.pointer }

        init(_ handle: consuming Handle) { self.handle = handle }
    }

    // MARK: Writing

    private func write(_ delta: Delta) throws(GitError) -> IndexChange {
        let path = try TreePath(delta.path)
        let mode = delta.mode ?? 0
        if mode == GIT_FILEMODE_COMMIT.rawValue {
            try writer.makeDirectory(path)
            return IndexChange(path: path.text, submodule: delta.id, mode: mode)
        }
        var id = try delta.id.nativeID
        let blob = try unsafe Handle("read \(printable(path.text))", git_blob_free) {
            unsafe git_blob_lookup($0, repository, &id)
        }
        let status: FileStatus
        if mode == GIT_FILEMODE_LINK.rawValue {
            status = try writer.link(unsafe Self.content(blob.pointer), at: path)
        } else {
            status = try writer.write(
                unsafe filtered(blob.pointer, path), to: path,
                isExecutable: mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue)
        }
        return IndexChange(path: path.text, id: delta.id, mode: mode, status: status)
    }

    private static func content(_ blob: OpaquePointer) -> [UInt8] {
        unsafe Array(
            UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }

    /// With the conversions that attributes and `core.autocrlf` ask for.
    private func filtered(_ blob: OpaquePointer, _ path: TreePath) throws(GitError) -> [UInt8] {
        var filters: OpaquePointer?
        try check(
            unsafe git_filter_list_load(&filters, repository, blob, path.text, GIT_FILTER_TO_WORKTREE, 0),
            "read the attributes of \(printable(path.text))")
        guard let filters = unsafe filters else { return unsafe Self.content(blob) }
        defer { unsafe git_filter_list_free(filters) }
        var buffer = unsafe git_buf()
        try check(
            unsafe git_filter_list_apply_to_blob(&buffer, filters, blob), "convert \(printable(path.text))")
        defer { unsafe git_buf_dispose(&buffer) }
        return unsafe Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
}
