internal import Files

/// Reads `git config --list -z --show-scope --show-origin`.
struct ConfigurationList {
    private(set) var entries: [ConfigurationEntry] = []

    /// `directory`: where git ran, which its file names start from.
    init(_ bytes: [UInt8], directory: String) {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        let levels: [String: ConfigurationEntry.Level] = [
            "system": .system, "global": .global, "local": .local, "worktree": .worktree,
        ]
        for start in stride(from: 0, to: parts.count - 2, by: 3) {
            guard let level = levels[parts[start]] else { continue }
            let pair = parts[start + 2].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let origin = parts[start + 1]
            let file = origin.hasPrefix("file:") ? String(origin.dropFirst(5)) : origin
            entries.append(
                ConfigurationEntry(
                    key: String(pair[0]), value: pair.count > 1 ? String(pair[1]) : "true", level: level,
                    file: FileSystem.join(directory, file)))
        }
    }
}
