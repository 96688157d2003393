internal import Assistant
internal import Git
package import JSON

/// A file that a diff names.
package struct ChangedFile: ToolOutput {
    package let path: String
    /// `added`, `modified`, …
    package let change: String
    package let insertions: Int
    package let deletions: Int
    /// Where it was, when it was renamed or copied.
    package let oldPath: String?
    package let isBinary: Bool
    /// `100644 to 100755`, when it changed.
    package let mode: String?

    package var json: JSON {
        var members: [String: JSON] = [
            "path": .string(path), "change": .string(change), "insertions": .integer(insertions),
            "deletions": .integer(deletions),
        ]
        if let oldPath { members["old_path"] = .string(oldPath) }
        if isBinary { members["binary"] = true }
        if let mode { members["mode"] = .string(mode) }
        return .object(members)
    }
}

extension ChangedFile {
    package init?(json: JSON) {
        guard let path = json["path"]?.string, let change = json["change"]?.string,
            let insertions = json["insertions"]?.integer, let deletions = json["deletions"]?.integer
        else { return nil }
        self.init(
            path: path, change: change, insertions: insertions, deletions: deletions, oldPath: json["old_path"]?.string,
            isBinary: json["binary"]?.bool ?? false, mode: json["mode"]?.string)
    }

    init(_ file: FileChange) {
        let isOtherMode = file.oldMode != file.newMode && file.oldMode != 0 && file.newMode != 0
        self.init(
            path: file.path, change: file.kind.rawValue, insertions: file.insertions, deletions: file.deletions,
            oldPath: file.oldPath, isBinary: file.isBinary,
            mode: isOtherMode ? "\(String(file.oldMode, radix: 8)) to \(String(file.newMode, radix: 8))" : nil)
    }
}
