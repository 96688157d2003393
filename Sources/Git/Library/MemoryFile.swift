internal import CGit2
internal import Files
internal import Glibc

/// A file without a name that holds some bytes, for those who read nothing but files. Whoever hands its number or path
/// on holds it for so long.
struct MemoryFile {
    private let file: OpenFile
    /// At its beginning.
    var descriptor: Int32 { file.number }
    var path: String { "/proc/self/fd/\(file.number)" }

    /// Nil when there is no memory for it.
    init?(_ bytes: [UInt8]) {
        let number = unsafe vocero_memory_file("vocero")
        guard number >= 0 else { return nil }
        file = OpenFile(owning: number, path: "a file in memory")
        guard (try? file.write(bytes)) != nil else { return nil }
        lseek(number, 0, SEEK_SET)
    }
}
