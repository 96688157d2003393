internal import CGit2

/// Turns a difference of libgit2 into values.
struct DiffReader {
    let bounds: DiffBounds
    /// With what it is decided on.
    var filter: (filter: PatchFilter, sides: WholeSides)?

    /// Files above this many bytes count as binary: nobody reads their patch.
    private static let largestText: git_off_t = 16 << 20

    /// Makes a difference of the whole tree or of one path, which is taken literally.
    static func difference(
        path: String?, contextLines: Int,
        _ compare: (UnsafeMutablePointer<OpaquePointer?>, UnsafePointer<git_diff_options>) -> Int32
    ) throws(GitError) -> Handle {
        try unsafe Handle("compare the files", git_diff_free) { out in
            unsafe withStringArray(path.map { [$0] } ?? []) { paths in
                var options = unsafe git_diff_options()
                unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
                unsafe options.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue | GIT_DIFF_INCLUDE_TYPECHANGE.rawValue
                unsafe options.context_lines = UInt32(max(0, min(contextLines, 100)))
                unsafe options.max_size = largestText
                unsafe options.pathspec = unsafe paths
                // Otherwise diff.noprefix and diff.mnemonicPrefix of the configuration would decide.
                unsafe options.old_prefix = unsafe constant("a")
                unsafe options.new_prefix = unsafe constant("b")
                return unsafe compare(out, &options)
            }
        }
    }

    private static func constant(_ text: StaticString) -> UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    static func findRenames(in diff: OpaquePointer) throws(GitError) {
        var options = unsafe git_diff_find_options()
        unsafe git_diff_find_options_init(&options, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION))
        unsafe options.flags = GIT_DIFF_FIND_RENAMES.rawValue
        try check(unsafe git_diff_find_similar(diff, &options), "look for renamed files")
    }

    /// How much it changes, without its files.
    static func totals(of diff: OpaquePointer) throws(GitError) -> ChangeTotals {
        let statistics = try unsafe Handle("count changed lines", git_diff_stats_free) {
            unsafe git_diff_get_stats($0, diff)
        }
        return ChangeTotals(
            files: unsafe git_diff_stats_files_changed(statistics.pointer),
            insertions: unsafe git_diff_stats_insertions(statistics.pointer),
            deletions: unsafe git_diff_stats_deletions(statistics.pointer))
    }

    func read(_ diff: OpaquePointer) throws(GitError) -> Diff {
        var files: [FileChange] = []
        var totals = ChangeTotals()
        var text = PatchText(limit: bounds.patchBytes)
        for index in unsafe 0..<git_diff_num_deltas(diff) {
            try checkCancellation()
            var made: OpaquePointer?
            try check(unsafe git_patch_from_diff(&made, diff, index), "compare a file")
            defer { unsafe git_patch_free(made) }
            // A patch that was made has read the file, and knows whether it is binary.
            guard let delta = unsafe made.map({ unsafe git_patch_get_delta($0) }) ?? git_diff_get_delta(diff, index)
            else { continue }
            let file = unsafe change(delta.pointee, patch: made)
            totals.files += 1
            totals.insertions += file.insertions
            totals.deletions += file.deletions
            if files.count < bounds.files { files.append(file) }
            if let patch = unsafe made, !text.isFull { try unsafe append(patch, delta.pointee, to: &text) }
        }
        return Diff(
            files: files, totals: totals, patch: text.text, isPatchTruncated: text.isTruncated,
            hasMoreFiles: totals.files > files.count)
    }

    private func append(
        _ patch: OpaquePointer, _ delta: git_diff_delta, to text: inout PatchText
    ) throws(GitError) {
        var buffer = unsafe git_buf()
        try check(unsafe git_patch_to_buf(&buffer, patch), "write a patch")
        guard let filter else {
            defer { unsafe git_buf_dispose(&buffer) }
            return unsafe text.append(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
        }
        let whole = unsafe takeText(of: &buffer)
        let sides = unsafe filter.sides.texts(of: delta)
        text.append(contentsOf: filter.filter(whole, sides.old, sides.new).utf8)
    }

    private func change(_ delta: git_diff_delta, patch: OpaquePointer?) -> FileChange {
        var insertions = 0
        var deletions = 0
        if let patch = unsafe patch { unsafe git_patch_line_stats(nil, &insertions, &deletions, patch) }
        let oldPath = unsafe text(ofC: delta.old_file.path)
        let newPath = unsafe text(ofC: delta.new_file.path)
        let kind = unsafe ChangeKind(delta.status)
        let isMoved = kind == .renamed || kind == .copied
        return FileChange(
            kind: kind, path: newPath.isEmpty || kind == .deleted ? oldPath : newPath, oldPath: isMoved ? oldPath : nil,
            insertions: insertions, deletions: deletions,
            isBinary: unsafe delta.flags & GIT_DIFF_FLAG_BINARY.rawValue != 0,
            oldMode: unsafe Int(delta.old_file.mode), newMode: unsafe Int(delta.new_file.mode))
    }
}

/// The text of patches up to a number of bytes, cut after a whole line.
struct PatchText {
    let limit: Int
    private var bytes: [UInt8] = []
    private(set) var isTruncated = false

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { isTruncated }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ part: UnsafeRawBufferPointer) {
        unsafe append(contentsOf: part)
    }

    mutating func append(contentsOf part: some Collection<UInt8>) {
        if isTruncated { return }
        let room = limit - bytes.count
        if part.count <= room {
            bytes += part
            return
        }
        isTruncated = true
        let newline = UInt8(ascii: "\n")
        var kept = Array(part.prefix(max(0, room)))
        while let last = kept.last, last != newline { kept.removeLast() }
        bytes += kept
    }
}

extension ChangeKind {
    init(_ status: git_delta_t) {
        switch status {
        case GIT_DELTA_ADDED: self = .added
        case GIT_DELTA_DELETED: self = .deleted
        case GIT_DELTA_RENAMED: self = .renamed
        case GIT_DELTA_COPIED: self = .copied
        case GIT_DELTA_TYPECHANGE: self = .typeChanged
        case GIT_DELTA_UNTRACKED: self = .untracked
        case GIT_DELTA_CONFLICTED: self = .conflicted
        case GIT_DELTA_UNREADABLE: self = .unreadable
        default: self = .modified
        }
    }
}
