internal import Files
internal import SystemPackage

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
    init(of directory: OpenFile, keep: (Name) -> Bool) throws(FileError) {
        var bytes: [UInt8] = []
        var entries: [Entry] = []
        try directory.visitEntries { entry in
            let name = entry.bytes
            // Hidden.
            if name.first == UInt8(ascii: ".") { return true }
            let sort = Self.sort(of: entry, in: directory)
            if keep(Name(bytes: name[...], sort: sort)), bytes.count + name.count <= Int(UInt32.max) {
                entries.append(Entry(offset: UInt32(bytes.count), length: UInt16(name.count), sort: sort))
                bytes += name
            }
            return true
        }
        (self.bytes, self.entries) = (bytes, entries)
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

    private static func sort(of entry: DirectoryEntry, in directory: OpenFile) -> Sort {
        switch entry.kind {
        case .file: return .file
        case .directory: return .directory
        case .link, nil: break
        case .pipe, .socket, .other: return .other
        }
        guard let status = try? directory.status(of: entry.bytes) else { return .other }
        if !status.isLink { return status.isFile ? .file : status.isDirectory ? .directory : .other }
        do {
            let status = try directory.status(of: entry.bytes, followingLink: true)
            return status.isFile ? .linkedFile : status.isDirectory ? .linkedDirectory : .other
        } catch {
            return error.code == .tooManySymbolicLinkLevels ? .loopingLink : .brokenLink
        }
    }
}
