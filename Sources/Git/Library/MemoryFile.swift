internal import CGit2
internal import Glibc

/// A file without a name that holds some bytes, for those who read nothing but files.
struct MemoryFile: ~Copyable {
    /// At its beginning.
    let descriptor: Int32
    var path: String { "/proc/self/fd/\(descriptor)" }

    init(_ bytes: [UInt8]) throws(GitError) {
        descriptor = unsafe vocero_memory_file("vocero")
        guard descriptor >= 0 else { throw Self.noMemory }
        var written = 0
        while written < bytes.count {
            let part = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress.unsafelyUnwrapped + written, buffer.count - written)
            }
            if part < 0 { throw Self.noMemory }
            written += part
        }
        lseek(descriptor, 0, SEEK_SET)
    }

    deinit { close(descriptor) }

    private static var noMemory: GitError { GitError(.failed, "There is no memory for a temporary file.") }
}
