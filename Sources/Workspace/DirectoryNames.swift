internal import Files

/// What a directory holds, as the walk wants it.
enum DirectoryNames {
    struct Name {
        let bytes: [UInt8]
        let kind: Listing.Entry.Kind
    }

    /// The entries in byte order.
    static func read(_ directory: OpenFile, atMost limit: Int) throws(FileError) -> [Name] {
        var names: [Name] = []
        guard limit > 0 else { return names }
        try directory.visitEntries { entry in
            names.append(Name(bytes: entry.bytes, kind: kind(of: entry, in: directory)))
            return names.count < limit
        }
        return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    private static func kind(of entry: DirectoryEntry, in directory: OpenFile) -> Listing.Entry.Kind {
        switch entry.kind ?? (try? directory.status(of: entry.bytes))?.kind {
        case .file: .file
        case .directory: .directory
        case .link: .symbolicLink
        case .pipe, .socket, .other, nil: .other
        }
    }
}
