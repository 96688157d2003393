internal import Git
internal import Settings

/// A commit message without a model: what changed, by the names and classes of the files, in the repository's style.
/// It never says why, and never claims a repair.
package enum CommitDigest {
    private static let mostLines = 10

    /// `moreFiles` are those that are not in the list.
    package static func message(files: [ChangedFile], moreFiles: Int = 0, style: MessageStyle) -> String {
        let words = DigestWords(language: style.language ?? .english, mood: style.mood ?? .imperative)
        let subject = DigestSubject(files: files, moreFiles: moreFiles, words: words).text(style)
        guard files.count + moreFiles > 1 else { return subject }
        return subject + "\n\n" + body(files, moreFiles, words).joined(separator: "\n")
    }

    /// A line a file up to ten, a line a directory beyond.
    private static func body(_ files: [ChangedFile], _ moreFiles: Int, _ words: DigestWords) -> [String] {
        let groups = files.count <= mostLines ? files.map { [$0] } : byDirectory(files)
        var lines = groups.prefix(mostLines).map { line($0, words) }
        let more = groups.dropFirst(mostLines).map(\.count).reduce(0, +) + moreFiles
        if more > 0 { lines.append("- " + words.andMore(more)) }
        return lines
    }

    private static func byDirectory(_ files: [ChangedFile]) -> [[ChangedFile]] {
        let groups = Dictionary(grouping: files) { directory(of: $0.path) }
        return groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.value)
    }

    private static func line(_ group: [ChangedFile], _ words: DigestWords) -> String {
        if group.count == 1, let file = group.first {
            let name = DisplayPath.text(file.path)
            let old = file.oldPath.map { DisplayPath.text($0) + " -> " } ?? ""
            return "- \(old)\(name)" + counts(group) + words.mark(file.kind)
        }
        let directory = directory(of: group.first?.path ?? "")
        let place = directory.isEmpty ? "." : DisplayPath.text(directory + "/")
        return "- \(place): \(words.files(group.count))" + counts(group)
    }

    private static func counts(_ files: [ChangedFile]) -> String {
        let insertions = files.compactMap(\.insertions)
        guard !insertions.isEmpty else { return "" }
        return " (+\(insertions.reduce(0, +)) -\(files.compactMap(\.deletions).reduce(0, +)))"
    }

    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
