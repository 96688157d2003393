internal import Assistant
package import JSON
internal import Workspace

/// What ``FileList`` gives.
package struct FileListing: ToolOutput {
    package struct Entry: ToolOutput {
        package let path: String
        /// `file`, `directory`, `symbolicLink` or `other`.
        package let kind: String
        /// Of a file.
        package let bytes: Int?

        package var isDirectory: Bool { kind == Listing.Entry.Kind.directory.rawValue }

        package var json: JSON {
            var members: [String: JSON] = ["path": .string(path), "kind": .string(kind)]
            if let bytes { members["bytes"] = .integer(bytes) }
            return .object(members)
        }
    }

    package let entries: [Entry]
    package let hasMore: Bool

    package var json: JSON { ["entries": entries.json, "more": .bool(hasMore)] }
}

extension FileListing {
    package init?(json: JSON) {
        guard let entries = json["entries"].flatMap([Entry].init(json:)), let hasMore = json["more"]?.bool else {
            return nil
        }
        self.init(entries: entries, hasMore: hasMore)
    }

    init(_ listing: Listing) {
        self.init(
            entries: listing.entries.map { entry in
                Entry(
                    path: entry.path.description, kind: entry.kind.rawValue,
                    bytes: entry.kind == .file ? entry.size : nil)
            }, hasMore: listing.isTruncated)
    }
}

extension FileListing.Entry {
    package init?(json: JSON) {
        guard let path = json["path"]?.string, let kind = json["kind"]?.string else { return nil }
        self.init(path: path, kind: kind, bytes: json["bytes"]?.integer)
    }
}
