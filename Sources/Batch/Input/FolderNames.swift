internal import Glibc

/// The names of one directory that matter, in the order of the paths they lead to. Packed, for a directory may hold
/// a hundred thousand: one run of bytes and eight more a name.
struct FolderNames {
    enum Sort: UInt8 {
        case file, directory, linkedFile, linkedDirectory, brokenLink, loopingLink, other

        var isDirectory: Bool { self == .directory || self == .linkedDirectory }
        var isLink: Bool { self == .linkedFile || self == .linkedDirectory }
    }

    struct Name {
        let bytes: ArraySlice<UInt8>
        let sort: Sort
    }

    private struct Entry {
        let offset: UInt32
        let length: UInt16
        let sort: Sort
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// Lists a directory, of which it keeps the names that matter.
    init(of directory: OpenFile, keep: (Name) -> Bool) throws(SystemReason) {
        // A description of its own: reading moves an offset that duplicates share.
        let number = openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw SystemReason(code: errno) }
        guard let stream = fdopendir(number) else {
            let code = errno
            close(number)
            throw SystemReason(code: code)
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemReason(code: errno) }
                break
            }
            let name = Self.bytes(of: entry)
            // Hidden, or the directory and its parent.
            if name.first == UInt8(ascii: ".") { continue }
            let sort = Self.sort(ofType: entry.pointee.d_type, name, in: number)
            guard keep(Name(bytes: name[...], sort: sort)), bytes.count + name.count <= Int(UInt32.max) else {
                continue
            }
            entries.append(Entry(offset: UInt32(bytes.count), length: UInt16(name.count), sort: sort))
            bytes += name
        }
        order()
    }

    var count: Int { entries.count }

    subscript(index: Int) -> Name { name(entries[index]) }

    private func name(_ entry: Entry) -> Name {
        Name(bytes: bytes[Int(entry.offset)..<Int(entry.offset) + Int(entry.length)], sort: entry.sort)
    }

    /// By the bytes of the paths: `a.md` is before `a/b.md`, for a full stop is before a slash.
    private mutating func order() {
        let bytes = bytes
        entries.sort { left, right in
            let (a, b) = (Int(left.offset), Int(right.offset))
            let (long, other) = (Int(left.length), Int(right.length))
            for index in 0..<min(long, other) where bytes[a + index] != bytes[b + index] {
                return bytes[a + index] < bytes[b + index]
            }
            let next = Self.following(left, at: min(long, other), bytes)
            return next < Self.following(right, at: min(long, other), bytes)
        }
    }

    /// What follows in the path after so many bytes of the name; 0 for nothing.
    private static func following(_ entry: Entry, at index: Int, _ bytes: [UInt8]) -> UInt8 {
        if index < Int(entry.length) { return bytes[Int(entry.offset) + index] }
        return entry.sort.isDirectory ? UInt8(ascii: "/") : 0
    }

    private static func bytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        let start = UnsafeRawPointer(entry).advanced(by: offset)
        return [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
    }

    private static func sort(ofType type: UInt8, _ name: [UInt8], in directory: Int32) -> Sort {
        switch Int(type) {
        case Int(DT_REG): return .file
        case Int(DT_DIR): return .directory
        case Int(DT_LNK), Int(DT_UNKNOWN): break
        default: return .other
        }
        let path = name.map { CChar(bitPattern: $0) } + [0]
        var status = stat()
        guard fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
        if !status.isLink { return status.isRegular ? .file : status.isDirectory ? .directory : .other }
        guard fstatat(directory, path, &status, 0) == 0 else { return errno == ELOOP ? .loopingLink : .brokenLink }
        return status.isRegular ? .linkedFile : status.isDirectory ? .linkedDirectory : .other
    }
}
