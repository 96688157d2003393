internal import Files
internal import JSON

/// Where the latest digest of a repository is kept.
struct LastDigestFile: Sendable {
    /// Of the repository's hooks.
    let directory: String

    private var path: String { directory + "/last.json" }

    func read() -> LastDigest? {
        guard let bytes = try? FileSystem.contents(of: path, limit: .max),
            let json = try? JSON(parsing: String(decoding: bytes, as: UTF8.self))
        else { return nil }
        return LastDigest(json)
    }

    func keep(_ last: LastDigest) throws {
        try FileSystem.makeDirectories(directory)
        try NewFile.write(
            Array(last.json.description.utf8), to: path, passing: .random(prefix: ".new-"), isDurable: false)
    }
}
