internal import CGit2

/// A commit's id for sets and dictionaries: twenty bytes without a string.
struct CommitKey: Hashable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt32

    init(_ id: git_oid) {
        (first, second, third) = unsafe withUnsafeBytes(of: id.id) { bytes in
            unsafe (
                bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            )
        }
    }

    var id: git_oid {
        var id = git_oid()
        unsafe withUnsafeMutableBytes(of: &id.id) { bytes in
            unsafe bytes.storeBytes(of: first, as: UInt64.self)
            unsafe bytes.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
            unsafe bytes.storeBytes(of: third, toByteOffset: 16, as: UInt32.self)
        }
        return id
    }
}
