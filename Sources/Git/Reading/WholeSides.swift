internal import CGit2
internal import Files

/// The whole contents on both sides of a file's patch: for deciding what of it is shown, never for showing them.
@safe
struct WholeSides {
    /// Larger files are not read.
    static let largest = 1 << 20

    private let repository: OpaquePointer
    private let workTree: String?

    /// `workTree` where one side of the comparison is there.
    init(_ repository: OpaquePointer, workTree: String?) {
        unsafe self.repository = unsafe repository
        self.workTree = workTree
    }

    func texts(of delta: git_diff_delta) -> (old: String?, new: String?) {
        unsafe (content(of: delta.old_file, isNew: false), content(of: delta.new_file, isNew: true))
    }

    private func content(of file: git_diff_file, isNew: Bool) -> String? {
        guard unsafe file.mode == 0o100644 || file.mode == 0o100755 || file.mode == 0o100664 else { return nil }
        if let content = unsafe blob(file.id) { return content }
        return isNew ? unsafe Self.file(text(ofC: file.path), in: workTree) : nil
    }

    private func blob(_ id: git_oid) -> String? {
        var id = id
        var found: OpaquePointer?
        guard unsafe git_oid_is_zero(&id) == 0, unsafe git_blob_lookup(&found, repository, &id) == 0 else { return nil }
        defer { unsafe git_blob_free(found) }
        let size = unsafe Int(git_blob_rawsize(found))
        guard size <= Self.largest else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: git_blob_rawcontent(found), count: size)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    /// A file of the work tree as it is now.
    static func file(_ path: String, in workTree: String?) -> String? {
        guard let workTree, let file = try? OpenFile(workTree + "/" + path, [.nonBlocking, .noFollow]),
            let status = try? file.status(), status.isFile, status.size <= largest,
            let bytes = try? file.read(atMost: largest, expecting: status.size)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
