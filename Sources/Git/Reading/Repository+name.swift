internal import Files

extension Repository {
    /// What memory, policies and sessions know this repository by: `host/owner/name` of origin or the first remote that
    /// is on a server, else its canonical path. Two of the same directory name are two, and a linked work tree is the
    /// repository that it belongs to.
    package func repositoryName() async throws(GitError) -> String {
        let remotes = try await remotes()
        let remote = remotes.first { $0.name == "origin" } ?? remotes.first
        if let name = remote.flatMap({ RemoteURL($0.url).repositoryName }) { return name }
        let directory = FileSystem.name(of: commonDirectory) == ".git" ? FileSystem.parent(of: commonDirectory) : nil
        let isLinked = gitDirectory != commonDirectory
        let path = directory ?? (isLinked ? nil : workTree) ?? commonDirectory
        // What cannot be resolved any more is known by the path it was opened by.
        return (try? FileSystem.realPath(path)) ?? path
    }

    /// The last part of such a name: what people call it.
    package static func spokenName(of name: String) -> String {
        let last = FileSystem.name(of: name)
        return last.hasSuffix(".git") && last.count > 4 ? String(last.dropLast(4)) : last
    }
}
