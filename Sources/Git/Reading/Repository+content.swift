internal import CGit2

extension Repository {
    /// A file as it was.
    ///
    /// - Throws: `notFound` when the commit has no such file.
    package func file(
        _ path: String, at reference: String = "HEAD", maxBytes: Int = 1 << 20
    ) async throws(GitError) -> FileContent {
        let path = try TreePath(path).text
        guard handle != nil else { return try await programFile(path, at: reference, maxBytes: maxBytes) }
        let key = try unsafe CommitReader(try library).key(of: reference)
        let (blob, mode) = try blob(path, of: key, reference)
        defer { withExtendedLifetime(blob) {} }
        let size = unsafe Int(git_blob_rawsize(blob.pointer))
        let content = unsafe UnsafeRawBufferPointer(
            start: git_blob_rawcontent(blob.pointer), count: min(size, max(0, maxBytes)))
        return FileContent(
            path: path, commit: ObjectID(key.id), bytes: unsafe Array(content), sizeInBytes: size,
            isBinary: unsafe git_blob_is_binary(blob.pointer) == 1, mode: mode)
    }

    /// Who wrote the lines of a file, as it is at a reference.
    ///
    /// - Throws: `notFound` when the commit has no such file or line, `tooLarge` above 4 MiB.
    package func blame(
        _ path: String, at reference: String = "HEAD", lines: ClosedRange<Int>? = nil
    ) async throws(GitError) -> Blame {
        let path = try TreePath(path).text
        // libgit2's blame does not survive the edge of a shallow clone.
        if handle == nil || traits.isShallow { return try await programBlame(path, at: reference, lines: lines) }
        let reader = unsafe CommitReader(try library)
        let key = try reader.key(of: reference)
        let all = try textLines(path, of: key, reference)
        let wanted = try BlameLines.wanted(lines, of: all.count, path: path)
        var hunks: [BlameHunk] = []
        if let wanted {
            hunks = try blameHunks(path, key, wanted) { (range) in Array(all[(range.lowerBound - 1)..<range.upperBound])
            }
        }
        return Blame(
            path: path, commit: ObjectID(key.id), hunks: hunks, lineCount: all.count,
            hasUncommittedChanges: try await hasUncommittedChanges(path))
    }

    func hasUncommittedChanges(_ path: String) async throws(GitError) -> Bool {
        if workTree == nil { return false }
        return try await !diff(.uncommitted, path: path, bounds: DiffBounds(patchBytes: 0, files: 1)).files.isEmpty
    }

    private func blameHunks(
        _ path: String, _ key: CommitKey, _ lines: ClosedRange<Int>, text lineText: (ClosedRange<Int>) -> [String]
    ) throws(GitError) -> [BlameHunk] {
        let repository = unsafe try library
        let reader = unsafe CommitReader(repository)
        var options = git_blame_options()
        unsafe git_blame_options_init(&options, UInt32(GIT_BLAME_OPTIONS_VERSION))
        options.flags = GIT_BLAME_USE_MAILMAP.rawValue
        options.newest_commit = key.id
        options.min_line = lines.lowerBound
        options.max_line = lines.upperBound
        let blame = try unsafe Handle("find who wrote \(printable(path))", git_blame_free) {
            unsafe git_blame_file($0, repository, path, &options)
        }
        var hunks: [BlameHunk] = []
        for index in unsafe 0..<git_blame_get_hunk_count(blame.pointer) {
            try checkCancellation()
            guard let found = unsafe git_blame_get_hunk_byindex(blame.pointer, index) else { continue }
            let hunk = unsafe found.pointee
            let first = unsafe max(lines.lowerBound, hunk.final_start_line_number)
            let last = unsafe min(lines.upperBound, hunk.final_start_line_number + hunk.lines_in_hunk - 1)
            guard first <= last else { continue }
            let commit = try reader.commit(unsafe CommitKey(hunk.final_commit_id))
            let original = unsafe text(ofC: hunk.orig_path)
            hunks.append(
                BlameHunk(
                    lines: first...last, commit: commit.id, shortID: commit.shortID,
                    author: unsafe hunk.final_signature.map { unsafe Signature($0.pointee) } ?? commit.author,
                    subject: commit.subject, originalPath: original == path || original.isEmpty ? nil : original,
                    text: lineText(first...last)))
        }
        return hunks
    }

    private func textLines(_ path: String, of key: CommitKey, _ reference: String) throws(GitError) -> [String] {
        let (blob, _) = try blob(path, of: key, reference)
        defer { withExtendedLifetime(blob) {} }
        let size = unsafe Int(git_blob_rawsize(blob.pointer))
        if size > 4 << 20 {
            throw GitError(.tooLarge, "\(printable(path)) has more than 4 MiB; nobody reads its blame.")
        }
        return unsafe BlameLines.split(
            UnsafeRawBufferPointer(start: git_blob_rawcontent(blob.pointer), count: size))
    }

    private func blob(
        _ path: String, of key: CommitKey, _ reference: String
    ) throws(GitError) -> (TreeHandle, mode: Int) {
        let repository = unsafe try library
        let tree = try tree(of: key)
        let entry = try unsafe Handle.ifFound("find \(printable(path))", git_tree_entry_free) {
            unsafe git_tree_entry_bypath($0, tree.pointer, path)
        }
        guard let entry, unsafe git_tree_entry_type(entry.pointer) == GIT_OBJECT_BLOB else {
            throw GitError(
                .notFound, "There is no file \"\(printable(path))\" at \(printable(reference)).")
        }
        let blob = try unsafe Handle("read \(printable(path))", git_blob_free) {
            unsafe git_blob_lookup($0, repository, git_tree_entry_id(entry.pointer))
        }
        return (TreeHandle(blob), unsafe Int(git_tree_entry_filemode(entry.pointer).rawValue))
    }
}

/// The lines of a blamed file.
enum BlameLines {
    static func split(_ bytes: UnsafeRawBufferPointer) -> [String] {
        var lines = unsafe bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if unsafe lines.last?.isEmpty == true { unsafe lines.removeLast() }
        return unsafe lines.map { line in
            let end = unsafe line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            return unsafe String(decoding: end, as: UTF8.self)
        }
    }

    /// Nil for an empty file.
    static func wanted(_ lines: ClosedRange<Int>?, of count: Int, path: String) throws(GitError) -> ClosedRange<Int>? {
        guard let lines else { return count == 0 ? nil : 1...count }
        guard lines.lowerBound >= 1, lines.lowerBound <= count else {
            throw GitError(
                .notFound, "\(printable(path)) has \(count) lines; line \(lines.lowerBound) is not one of them.")
        }
        return lines.lowerBound...min(count, lines.upperBound)
    }
}
