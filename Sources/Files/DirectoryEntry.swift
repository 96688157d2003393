internal import Glibc

/// A name in a directory.
package struct DirectoryEntry: Sendable, Hashable {
    /// May be no UTF-8.
    package let bytes: [UInt8]
    /// Of the entry itself, not of what a link leads to; nil where the file system does not say.
    package let kind: FileStatus.Kind?

    package var name: String { String(decoding: bytes, as: UTF8.self) }
}

extension OpenFile {
    /// Gives out what is in this directory but `.` and `..`, in no order, until `each` says that it has seen enough.
    package func visitEntries(_ each: (DirectoryEntry) -> Bool) throws(FileError) {
        // A description of its own: reading moves an offset that duplicates share.
        let copy = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw FileError("list", path) }
        guard let stream = unsafe fdopendir(copy) else {
            let error = FileError("list", path)
            close(copy)
            throw error
        }
        defer { unsafe closedir(stream) }
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                if errno != 0 { throw FileError("list", path) }
                return
            }
            let bytes = unsafe Self.name(of: entry)
            if bytes == [UInt8(ascii: ".")] || bytes == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            let kind = unsafe FileStatus.Kind(entryType: entry.pointee.d_type)
            if !each(DirectoryEntry(bytes: bytes, kind: kind)) { return }
        }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
        let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
    }
}

extension FileSystem {
    /// What is in a directory, in no order.
    package static func entries(in directory: String) throws(FileError) -> [DirectoryEntry] {
        var entries: [DirectoryEntry] = []
        try OpenFile(directory, [.directory]).visitEntries { entry in
            entries.append(entry)
            return true
        }
        return entries
    }

    /// The names in a directory, in no order; none when there is no such directory, or none that may be read.
    package static func names(in directory: String) -> [String] {
        ((try? entries(in: directory)) ?? []).map(\.name)
    }
}
