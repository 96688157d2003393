internal import Git

/// The changed files, a line each.
enum ChangeList {
    private static let mostLines = 200

    static func text(of change: ChangeSet) -> String {
        var lines = change.files.prefix(mostLines).map(line)
        let more = change.files.count - lines.count + change.moreFiles
        if more > 0 { lines.append("and \(more) more files") }
        return lines.joined(separator: "\n")
    }

    /// `a.swift, b.swift, c.md and 4 more`.
    static func names(of change: ChangeSet) -> String {
        let count = change.count
        let names = change.files.prefix(3).map { DisplayPath.text($0.path) }.joined(separator: ", ")
        return names + (count > 3 ? " and \(count - 3) more" : "")
    }

    private static func line(_ file: ChangedFile) -> String {
        var text = "\(file.kind.rawValue) \(DisplayPath.text(file.path))"
        if let old = file.oldPath { text += " (was \(DisplayPath.text(old)))" }
        if let insertions = file.insertions, let deletions = file.deletions { text += " +\(insertions) -\(deletions)" }
        if file.oldMode != file.newMode, file.oldMode != 0, file.newMode != 0 {
            text += " mode \(String(file.oldMode, radix: 8)) -> \(String(file.newMode, radix: 8))"
        }
        if file.fileClass.isStatisticsOnly {
            text += ", \(file.fileClass.reason)"
            if let size = file.sizeInBytes, file.insertions == nil { text += ", \(size) bytes" }
        }
        return text
    }
}
