internal import CGit2
internal import Files

/// The attributes that say how much of a file is worth showing.
enum AttributeReader {
    struct Found {
        var isGenerated = false
        var isVendored = false
        var isDiffUnset = false
    }

    /// Whether there is any attributes file in the index, the work tree's top or the git directory.
    static func mayHaveAttributes(_ repository: OpaquePointer) -> Bool {
        let top = unsafe text(ofC: git_repository_workdir(repository))
        if !top.isEmpty, FileSystem.kind(of: top + ".gitattributes") != nil { return true }
        let common = unsafe text(ofC: git_repository_commondir(repository))
        if FileSystem.kind(of: common + "info/attributes") != nil { return true }
        var opened: OpaquePointer?
        guard unsafe git_repository_index(&opened, repository) == 0, let index = unsafe opened else { return false }
        defer { unsafe git_index_free(index) }
        for position in unsafe 0..<git_index_entrycount(index) {
            guard let entry = unsafe git_index_get_byindex(index, position), let path = unsafe entry.pointee.path else {
                continue
            }
            if unsafe hasAttributesName(path) { return true }
        }
        return false
    }

    private static let name = Array(".gitattributes".utf8)

    private static func hasAttributesName(_ path: UnsafePointer<CChar>) -> Bool {
        var length = 0
        while unsafe path[length] != 0 { length += 1 }
        guard length >= name.count else { return false }
        let start = length - name.count
        if start > 0, unsafe UInt8(bitPattern: path[start - 1]) != UInt8(ascii: "/") { return false }
        return name.indices.allSatisfy { unsafe UInt8(bitPattern: path[start + $0]) == name[$0] }
    }

    /// Of the index that is being committed, else of the work tree.
    static func attributes(
        of path: UnsafePointer<CChar>?, in repository: OpaquePointer, usingIndex: Bool
    ) -> Found {
        guard let path = unsafe path else { return Found() }
        let flags = UInt32(usingIndex ? GIT_ATTR_CHECK_INDEX_THEN_FILE : GIT_ATTR_CHECK_FILE_THEN_INDEX)
        let value = { (name: String) -> git_attr_value_t in
            var value: UnsafePointer<CChar>?
            guard unsafe git_attr_get(&value, repository, flags, path, name) == 0 else {
                return GIT_ATTR_VALUE_UNSPECIFIED
            }
            guard unsafe git_attr_value(value) == GIT_ATTR_VALUE_STRING else { return unsafe git_attr_value(value) }
            return unsafe text(ofC: value) == "true" ? GIT_ATTR_VALUE_TRUE : GIT_ATTR_VALUE_STRING
        }
        return Found(
            isGenerated: value("linguist-generated") == GIT_ATTR_VALUE_TRUE,
            isVendored: value("linguist-vendored") == GIT_ATTR_VALUE_TRUE,
            isDiffUnset: value("diff") == GIT_ATTR_VALUE_FALSE)
    }
}
