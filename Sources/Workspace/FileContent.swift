internal import Glibc
internal import Hashing

/// A file's bytes and what is kept when they are replaced.
struct FileContent: Sendable {
    let bytes: [UInt8]
    let mode: mode_t
    let owner: uid_t
    let group: gid_t

    var state: FileState {
        FileState(kind: .file, size: bytes.count, mode: mode, hash: ContentHash(of: bytes))
    }

    /// Nil when it is not UTF-8 or holds a NUL.
    var text: String? { bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self) }
}
