internal import Files

/// Holds a git directory to itself before anything reads it: what git keeps there lies there, not behind a link that
/// leads to another repository, and is a file that can be read, not a pipe that is waited for.
struct GitDirectoryCheck {
    private let directories: Set<String>

    /// What may be a link to anywhere: nothing that is read as the repository's own.
    private static let free: Set<String> = ["hooks", "lfs", "annex", "description", "branches", "rr-cache"]
    /// Below these everything is looked at; of `objects` and `logs` only what has a fixed name.
    private static let walked: Set<String> = ["refs", "info", "reftable"]

    init(_ location: RepositoryLocation) { directories = [location.gitDirectory, location.commonDirectory] }

    func run() throws(GitError) {
        for directory in directories {
            for entry in entries(of: directory) where !Self.free.contains(entry.name) {
                let path = directory + "/" + entry.name
                try check(path, entry.kind)
                if Self.walked.contains(entry.name) { try walk(path, depth: 0) }
            }
            for name in ["objects/pack", "objects/info", "objects/info/alternates", "logs/HEAD", "logs/refs"] {
                try check(directory + "/" + name, nil)
            }
        }
    }

    private func walk(_ directory: String, depth: Int) throws(GitError) {
        guard depth < 64 else {
            throw GitError(
                .outside, "\(directory) has too many directories inside each other; git makes no such thing.")
        }
        for entry in entries(of: directory) {
            let path = directory + "/" + entry.name
            try check(path, entry.kind)
            if (entry.kind ?? FileSystem.kind(of: path)) == .directory { try walk(path, depth: depth + 1) }
        }
    }

    private func check(_ path: String, _ known: FileStatus.Kind?) throws(GitError) {
        switch known ?? FileSystem.kind(of: path) {
        case .link:
            // One that leads nowhere is nothing to read: a HEAD without a commit.
            guard let target = FileSystem.resolved(path) else { return }
            guard directories.contains(where: { target == $0 || target.hasPrefix($0 + "/") }) else {
                throw GitError(
                    .outside,
                    "\(path) leads to \(printable(target)), out of the repository; put what it stands for in its place, or "
                        + "open the repository that it leads to.")
            }
            try check(target, nil)
        case .pipe, .other:
            throw GitError(
                .outside, "\(printable(path)) is a pipe or a device, which git never makes there; remove it.")
        default: return
        }
    }

    private func entries(of directory: String) -> [DirectoryEntry] {
        (try? FileSystem.entries(in: directory)) ?? []
    }
}
