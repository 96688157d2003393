internal import Tools

/// What can be said of a project from its files and commits.
struct ProjectOverview: Sendable {
    let title: String?
    /// The first paragraph of its README.
    let paragraph: String?
    /// Languages by bytes, most first.
    let languages: [(name: String, bytes: Int)]
    /// Top directories with the number of files below them.
    let directories: [(name: String, files: Int)]
    let files: Int
    let hasMoreFiles: Bool
    let commits: CommitList
    let people: ContributorList

    private static let names: [String: String] = [
        "swift": "Swift", "py": "Python", "js": "JavaScript", "ts": "TypeScript", "tsx": "TypeScript",
        "jsx": "JavaScript",
        "c": "C", "h": "C", "cpp": "C++", "cc": "C++", "hpp": "C++", "rs": "Rust", "go": "Go", "java": "Java",
        "kt": "Kotlin", "rb": "Ruby", "php": "PHP", "cs": "C#", "sh": "Shell", "bash": "Shell", "html": "HTML",
        "css": "CSS", "sql": "SQL", "md": "Markdown", "lua": "Lua", "pl": "Perl", "r": "R", "scala": "Scala",
        "ex": "Elixir", "hs": "Haskell", "m": "Objective-C", "dart": "Dart", "vue": "Vue", "zig": "Zig",
    ]

    init(files listing: FileListing, readme: String?, commits: CommitList, people: ContributorList) {
        var bytes: [String: Int] = [:]
        var counts: [String: Int] = [:]
        let files = listing.entries.filter { !$0.isDirectory }
        for file in files {
            let name = file.path.split(separator: "/").last ?? ""
            if let dot = name.lastIndex(of: "."),
                let language = Self.names[name[name.index(after: dot)...].lowercased()]
            {
                bytes[language, default: 0] += file.bytes ?? 0
            }
            if let slash = file.path.firstIndex(of: "/") { counts[String(file.path[..<slash]), default: 0] += 1 }
        }
        languages = bytes.map { (name: $0.key, bytes: $0.value) }.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
        directories = counts.map { (name: $0.key, files: $0.value) }.sorted {
            ($1.files, $0.name) < ($0.files, $1.name)
        }
        (title, paragraph) = Self.beginning(of: readme ?? "")
        self.files = files.count
        hasMoreFiles = listing.hasMore
        self.commits = commits
        self.people = people
    }

    /// The heading and the first paragraph that is neither a heading nor badges.
    private static func beginning(of readme: String) -> (title: String?, paragraph: String?) {
        var title: String?
        var lines: [Substring] = []
        for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
            let isText = line.contains(where: \.isLetter) && !"#![<=|-".contains(line.first ?? "#")
            if line.hasPrefix("# "), title == nil { title = String(line.dropFirst(2)) }
            if isText {
                lines.append(line)
            } else if !lines.isEmpty {
                break
            }
        }
        return (title, lines.isEmpty ? nil : lines.joined(separator: " "))
    }
}
