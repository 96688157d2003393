internal import Glibc

/// What `readdir(3)` tells of a directory.
enum DirectoryNames {
    struct Name {
        let bytes: [UInt8]
        let kind: Listing.Entry.Kind
    }

    /// The entries but `.` and `..`, in byte order.
    static func read(_ directory: Int32, atMost limit: Int) throws(SystemFailure) -> [Name] {
        // A description of its own: reading moves an offset that duplicates share.
        let number = unsafe openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else { throw SystemFailure(errno) }
        guard let stream = unsafe fdopendir(number) else {
            let code = errno
            close(number)
            throw SystemFailure(code)
        }
        defer { unsafe closedir(stream) }
        var names: [Name] = []
        while names.count < limit {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                if errno != 0 { throw SystemFailure(errno) }
                break
            }
            let bytes = unsafe nameBytes(entry)
            if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { continue }
            let kind = unsafe kind(ofType: entry.pointee.d_type, bytes, in: number)
            names.append(Name(bytes: bytes, kind: kind))
        }
        return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    private static func nameBytes(_ entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
        let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
    }

    private static func kind(ofType type: UInt8, _ name: [UInt8], in directory: Int32) -> Listing.Entry.Kind {
        switch Int(type) {
        case Int(DT_REG): return .file
        case Int(DT_DIR): return .directory
        case Int(DT_LNK): return .symbolicLink
        case Int(DT_UNKNOWN):
            var status = stat()
            let path = name.map { CChar(bitPattern: $0) } + [0]
            let found = unsafe fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW)
            guard found == 0 else { return .other }
            return status.isFile ? .file : status.isDirectory ? .directory : status.isLink ? .symbolicLink : .other
        default: return .other
        }
    }
}
