internal import Files
package import FoundationEssentials
internal import Git
internal import Glibc
internal import Hashing
package import JSON
internal import Settings

/// What a person has allowed repositories: a file of the person's own, which nobody else may write.
package struct TrustStore: Sendable {
    /// One repository's allowance.
    package struct Allowance: Sendable, Hashable {
        /// The git directory, absolute and without links.
        package let gitDirectory: String
        /// Of the requests that were shown.
        package let hash: String
        /// Their keys, for a person.
        package let keys: [String]
        package let date: Date
    }

    /// Nil where no home directory is known: then nothing is allowed.
    package let file: String?

    private static let limit = 4 << 20

    package init(environment: [String: String]) { file = Settings.trustFile(environment: environment) }

    /// In the order in which they were given; none when the file is not this user's alone to write.
    package var allowances: [Allowance] {
        guard let file, let status = try? FileStatus(of: file, followingLink: false), status.isFile,
            status.owner == geteuid(), status.permissions & 0o022 == 0,
            let bytes = try? FileSystem.contents(of: file, limit: Self.limit, followingLink: false),
            let rows = (try? JSON(parsing: bytes))?["repositories"]?.array
        else { return [] }
        return rows.compactMap { Allowance($0) }
    }

    /// What opening a repository asks.
    var trust: RepositoryTrust {
        RepositoryTrust(
            knows: { directory in allowances.contains { $0.gitDirectory == directory } },
            allows: { directory, requests in
                let hash = Self.hash(of: requests)
                return allowances.contains { $0.gitDirectory == directory && $0.hash == hash }
            })
    }

    /// Allows a repository just what was shown, in the place of what it was allowed before.
    package func allow(_ shown: RepositoryTrustView) throws(Failure) {
        let new = Allowance(
            gitDirectory: shown.gitDirectory, hash: Self.hash(of: shown.asked), keys: shown.requests.map(\.key),
            date: Date())
        try write(allowances.filter { $0.gitDirectory != shown.gitDirectory } + [new])
    }

    /// Of the repository that a path is in; one that is gone, or cannot be opened, is named by its git directory.
    ///
    /// - Returns: False when there was nothing to forget.
    package func forget(at path: String) async throws(Failure) -> Bool {
        var names = [path, (try? FileSystem.realPath(path)) ?? path]
        if let repository = try? await Repository.open(path) { names.insert(repository.gitDirectory, at: 0) }
        for name in names { if try forget(name) { return true } }
        return false
    }

    private func forget(_ gitDirectory: String) throws(Failure) -> Bool {
        let old = allowances
        let kept = old.filter { $0.gitDirectory != gitDirectory }
        guard kept.count < old.count else { return false }
        try write(kept)
        return true
    }

    private static func hash(of requests: RepositoryRequests) -> String {
        ContentHash(ofText: requests.canonicalText).description
    }

    private func write(_ allowances: [Allowance]) throws(Failure) {
        guard let file else {
            throw Failure(.configuration, "HOME names no directory, so nothing can be kept; set it to an absolute path")
        }
        let text = JSON.object(["repositories": .array(allowances.map(\.json))]).text(pretty: true) + "\n"
        do throws(FileError) {
            try FileSystem.makeDirectories(FileSystem.parent(of: file))
            try NewFile.write(
                Array(text.utf8), to: file, passing: .random(prefix: ".trusted-"), exactPermissions: 0o600,
                isDurable: true)
        } catch {
            throw Failure(.failed, "what you allowed could not be kept: \(error)")
        }
    }
}

extension TrustStore.Allowance {
    init?(_ json: JSON) {
        guard let gitDirectory = json["git_directory"]?.string, let hash = json["sha256"]?.string else { return nil }
        self.gitDirectory = gitDirectory
        self.hash = hash
        keys = json["keys"]?.array?.compactMap(\.string) ?? []
        date = json["allowed_at"]?.string.flatMap { try? Date($0, strategy: .iso8601) } ?? .distantPast
    }

    package var json: JSON {
        [
            "git_directory": .string(gitDirectory), "sha256": .string(hash), "keys": .array(keys.map { .string($0) }),
            "allowed_at": .string(date.formatted(.iso8601)),
        ]
    }
}
