internal import CGit2

/// Reads an open difference of libgit2 for a hook: first its list, then the content of chosen files.
@safe
struct ChangeReader {
    private let repository: OpaquePointer
    private let diff: OpaquePointer
    private let largest: Int

    /// Renames are looked for by content up to this many comparisons, by id up to the second bound.
    private static let mostContentComparisons = 10_000
    private static let mostComparisons = 1_000_000
    /// Attributes and sizes are looked up for at most so many files.
    private static let mostLookedUp = 2_000

    init(repository: OpaquePointer, diff: OpaquePointer, largest: Int) {
        unsafe self.repository = unsafe repository
        unsafe self.diff = unsafe diff
        self.largest = largest
    }

    private var count: Int { unsafe git_diff_num_deltas(diff) }

    private func delta(_ index: Int) -> git_diff_delta? {
        unsafe git_diff_get_delta(diff, index).map { unsafe $0.pointee }
    }

    /// By content where that is cheap, by equal ids where the files are large or many.
    func findRenames() throws(GitError) {
        var added = 0
        var deleted = 0
        var hasLarge = false
        for index in 0..<count {
            guard let delta = unsafe delta(index) else { continue }
            switch unsafe delta.status {
            case GIT_DELTA_ADDED:
                added += 1
                hasLarge = unsafe hasLarge || Int(delta.new_file.size) > largest
            case GIT_DELTA_DELETED: deleted += 1
            default: break
            }
        }
        let comparisons = added.multipliedReportingOverflow(by: deleted)
        guard added > 0, deleted > 0, !comparisons.overflow, comparisons.partialValue <= Self.mostComparisons else {
            return
        }
        var isExact = hasLarge || comparisons.partialValue > Self.mostContentComparisons
        if !isExact { isExact = try hasLargeSide() }
        var options = unsafe git_diff_find_options()
        unsafe git_diff_find_options_init(&options, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION))
        unsafe options.flags =
            GIT_DIFF_FIND_RENAMES.rawValue | (isExact ? GIT_DIFF_FIND_EXACT_MATCH_ONLY.rawValue : 0)
        try check(unsafe git_diff_find_similar(diff, &options), "look for renamed files")
    }

    /// The index may not know a size, and nothing knows that of a deleted file but its object.
    private func hasLargeSide() throws(GitError) -> Bool {
        let objects = try self.objects()
        for index in 0..<count {
            guard let delta = unsafe delta(index) else { continue }
            let file = unsafe delta.status == GIT_DELTA_DELETED ? delta.old_file : delta.new_file
            guard unsafe [GIT_DELTA_ADDED, GIT_DELTA_DELETED].contains(delta.status) else { continue }
            if let size = unsafe size(of: file, in: objects.pointer), size > largest { return true }
        }
        return false
    }

    func entries(usingIndexAttributes: Bool) throws(GitError) -> [ChangeEntry] {
        let hasAttributes = unsafe AttributeReader.mayHaveAttributes(repository)
        let objects = try self.objects()
        var entries: [ChangeEntry] = []
        entries.reserveCapacity(count)
        for index in 0..<count {
            try checkCancellation()
            guard let delta = unsafe delta(index) else { continue }
            let attributes: AttributeReader.Found =
                hasAttributes && index < Self.mostLookedUp
                ? unsafe AttributeReader.attributes(
                    of: delta.new_file.path, in: repository, usingIndex: usingIndexAttributes)
                : AttributeReader.Found()
            var size = unsafe delta.new_file.size > 0 ? Int(delta.new_file.size) : nil
            if size == nil, index < Self.mostLookedUp {
                let file = unsafe delta.status == GIT_DELTA_DELETED ? delta.old_file : delta.new_file
                size = unsafe self.size(of: file, in: objects.pointer)
            }
            unsafe entries.append(entry(delta, size, attributes))
        }
        return entries
    }

    private func entry(_ delta: git_diff_delta, _ size: Int?, _ attributes: AttributeReader.Found) -> ChangeEntry {
        let oldPath = unsafe text(ofC: delta.old_file.path)
        let newPath = unsafe text(ofC: delta.new_file.path)
        let kind = unsafe ChangeKind(delta.status)
        return ChangeEntry(
            kind: kind, path: kind == .deleted || newPath.isEmpty ? oldPath : newPath,
            oldPath: kind == .renamed || kind == .copied ? oldPath : nil,
            oldMode: unsafe Int(delta.old_file.mode), newMode: unsafe Int(delta.new_file.mode),
            oldID: unsafe id(delta.old_file), newID: unsafe id(delta.new_file),
            sizeInBytes: size, isGenerated: attributes.isGenerated,
            isVendored: attributes.isVendored, isDiffUnset: attributes.isDiffUnset)
    }

    private func id(_ file: git_diff_file) -> ObjectID? {
        var id = unsafe file.id
        return unsafe git_oid_is_zero(&id) == 1 ? nil : unsafe ObjectID(file.id)
    }

    func read(_ entries: [ChangeEntry], wanted: [ContentWanted]) throws(GitError) -> [ChangeRead] {
        let objects = try self.objects()
        var reads: [ChangeRead] = []
        reads.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            let want = index < wanted.count ? wanted[index] : .nothing
            guard want != .nothing, let delta = unsafe delta(index) else {
                reads.append(ChangeRead(entry, sizeInBytes: entry.sizeInBytes))
                continue
            }
            try checkCancellation()
            let old = unsafe size(of: delta.old_file, in: objects.pointer)
            let new = unsafe size(of: delta.new_file, in: objects.pointer)
            if max(old ?? 0, new ?? 0) > largest {
                reads.append(ChangeRead(entry, sizeInBytes: new ?? old, isTooLarge: true))
            } else {
                reads.append(try read(entry, at: index, size: new ?? old, patch: want == .patch))
            }
        }
        return reads
    }

    private func read(_ entry: ChangeEntry, at index: Int, size: Int?, patch isWanted: Bool) throws(GitError)
        -> ChangeRead
    {
        var made: OpaquePointer?
        try check(unsafe git_patch_from_diff(&made, diff, index), "compare a file")
        defer { unsafe git_patch_free(made) }
        guard let patch = unsafe made else { return ChangeRead(entry, sizeInBytes: size) }
        let flags = unsafe git_patch_get_delta(patch).pointee.flags
        if flags & GIT_DIFF_FLAG_BINARY.rawValue != 0 { return ChangeRead(entry, sizeInBytes: size, isBinary: true) }
        var insertions = 0
        var deletions = 0
        unsafe git_patch_line_stats(nil, &insertions, &deletions, patch)
        guard isWanted else {
            return ChangeRead(entry, sizeInBytes: size, insertions: insertions, deletions: deletions)
        }
        var buffer = unsafe git_buf()
        try check(unsafe git_patch_to_buf(&buffer, patch), "write a patch")
        let text = unsafe takeText(of: &buffer)
        return ChangeRead(
            entry, sizeInBytes: size, insertions: insertions, deletions: deletions, patch: text,
            oldText: try entry.isSubmodule ? nil : content(entry.oldID),
            newText: try entry.isSubmodule ? nil : content(entry.newID))
    }

    private func content(_ id: ObjectID?) throws(GitError) -> String? {
        guard let id else { return nil }
        var key = try id.nativeID
        let blob = try unsafe Handle.ifFound("read \(id.short)", git_blob_free) {
            unsafe git_blob_lookup($0, repository, &key)
        }
        guard let blob else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(
            start: git_blob_rawcontent(blob.pointer), count: Int(git_blob_rawsize(blob.pointer)))
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    private func objects() throws(GitError) -> Handle {
        try unsafe Handle("open the objects", git_odb_free) { unsafe git_repository_odb($0, repository) }
    }

    /// From the object's header: its content is not read. Nil for a submodule, or where there is no file.
    private func size(of file: git_diff_file, in objects: OpaquePointer) -> Int? {
        var id = unsafe file.id
        guard unsafe git_oid_is_zero(&id) == 0, unsafe file.mode != 0o160000 else { return nil }
        var length = 0
        var type = GIT_OBJECT_ANY
        return unsafe git_odb_read_header(&length, &type, objects, &id) == 0 ? length : nil
    }
}

extension ChangeRead {
    init(
        _ entry: ChangeEntry, sizeInBytes: Int?, insertions: Int? = nil, deletions: Int? = nil, isBinary: Bool = false,
        isTooLarge: Bool = false, patch: String? = nil, oldText: String? = nil, newText: String? = nil
    ) {
        self.entry = entry
        self.sizeInBytes = sizeInBytes
        self.insertions = insertions
        self.deletions = deletions
        self.isBinary = isBinary
        self.isTooLarge = isTooLarge
        self.patch = patch
        self.oldText = oldText
        self.newText = newText
    }
}
