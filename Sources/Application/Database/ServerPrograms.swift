internal import Files
internal import Subprocess
internal import SystemPackage

/// Finds PostgreSQL's programs that fit a server: its own, or else those of its version, or else of the next later one. An
/// older pg_dump refuses a newer server, whatever comes first in PATH.
struct ServerPrograms: Sendable {
    /// In this order.
    let directories: [String]
    /// Of the server.
    let major: Int

    /// Of those that are there, the one that fits best; nil when none does, with the version of what was found.
    static func best(_ found: [(path: String, major: Int)], for server: Int) -> String? {
        if let same = found.first(where: { $0.major == server }) { return same.path }
        return found.filter { $0.major > server }.min { $0.major < $1.major }?.path
    }

    func path(of name: String) async throws -> String {
        var found: [(path: String, major: Int)] = []
        for directory in directories where FileSystem.isExecutable("\(directory)/\(name)") {
            let path = "\(directory)/\(name)"
            guard let version = try await version(of: path) else { continue }
            if version == major { return path }
            found.append((path, version))
        }
        if let best = Self.best(found, for: major) { return best }
        let others = found.map { "\($0.path) is of version \($0.major)" }.joined(separator: ", ")
        throw Failure(
            .configuration,
            "the server is PostgreSQL \(major) and there is no \(name) for it"
                + (others.isEmpty ? "" : " (\(others))") + "; install postgresql-client-\(major)")
    }

    /// "pg_dump (PostgreSQL) 18.6 (Debian 18.6-1)" is 18; nil when the program does not run here.
    private func version(of path: String) async throws -> Int? {
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: ["--version"], output: .string(limit: 4_096), error: .discarded)
        guard result.terminationStatus.isSuccess else { return nil }
        return Self.major(in: result.standardOutput)
    }

    static func major(in text: String) -> Int? {
        let words = text.split(separator: " ")
        return words.count > 2 ? Int(words[2].prefix { $0.isNumber }) : nil
    }
}
