internal import Files

extension Repository {
    /// What memory, policies and sessions know this repository by: `host/owner/name` of origin or the first remote that
    /// is on a server, else its canonical path. Two of the same directory name are two, and a linked work tree is the
    /// repository that it belongs to.
    package func repositoryName() async throws(GitError) -> String {
        if let name = try await serverName() { return name }
        let directory = FileSystem.name(of: commonDirectory) == ".git" ? FileSystem.parent(of: commonDirectory) : nil
        let isLinked = gitDirectory != commonDirectory
        let path = directory ?? (isLinked ? nil : workTree) ?? commonDirectory
        // What cannot be resolved any more is known by the path it was opened by.
        return (try? FileSystem.realPath(path)) ?? path
    }

    /// From the address as it was given, not from what it is exchanged for on the way (`url.*.insteadOf`), which leads to a
    /// mirror or a proxy; a short one, such as `gh:acme/tool`, means nothing else than what it is exchanged for.
    private func serverName() async throws(GitError) -> String? {
        var given: [String: String] = [:]
        for entry in try await configuration(prefix: "remote.") where entry.key.lowercased().hasSuffix(".url") {
            let name = String(entry.key.dropFirst("remote.".utf8.count).dropLast(".url".utf8.count))
            // Of several addresses, what is fetched comes from the first.
            if given[name] == nil { given[name] = entry.value }
        }
        guard
            let remote = given["origin"].map({ ("origin", $0) }) ?? given.min(by: { $0.key < $1.key }).map({ ($0, $1) })
        else { return nil }
        let url = RemoteURL(remote.1)
        if !url.isShort { return url.repositoryName }
        let used = try await remotes().first { $0.name == remote.0 }
        return used.flatMap { RemoteURL($0.url).repositoryName } ?? url.repositoryName
    }

    /// The last part of such a name: what people call it.
    package static func spokenName(of name: String) -> String {
        let last = FileSystem.name(of: name)
        return last.hasSuffix(".git") && last.count > 4 ? String(last.dropLast(4)) : last
    }
}
