internal import FoundationEssentials
internal import Subprocess
#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A real repository of a test's own, made with the git program, with fixed identities and dates.
package struct TestRepository: Sendable {
    package let directory: TemporaryDirectory
    /// The work tree's top.
    package let path: String

    /// The author where a test names none.
    package static let author = "Author One <one@example.org>"

    /// Makes an empty repository on the branch `main`.
    package static func make(bare: Bool = false, arguments: [String] = []) async throws -> TestRepository {
        let directory = try TemporaryDirectory(prefix: "vocero-git")
        let repository = TestRepository(directory: directory, path: directory.file("project"))
        try FileManager.default.createDirectory(atPath: repository.path, withIntermediateDirectories: true)
        try await repository.git(["init", "-q", "-b", "main"] + (bare ? ["--bare"] : []) + arguments)
        try await repository.configure()
        return repository
    }

    /// Clones this one beside itself.
    package func clone(to name: String, arguments: [String] = []) async throws -> TestRepository {
        let clone = TestRepository(directory: directory, path: directory.file(name))
        try await git(
            ["-c", "protocol.file.allow=always", "clone", "-q"] + arguments + ["file://" + path, clone.path])
        try await clone.configure()
        return clone
    }

    /// A view of another directory inside the test's own, such as a linked work tree.
    package func at(_ name: String) -> TestRepository {
        TestRepository(directory: directory, path: directory.file(name))
    }

    private func configure() async throws {
        try await git("config", "user.name", "Committer Zero")
        try await git("config", "user.email", "zero@example.org")
        try await git("config", "commit.gpgsign", "false")
    }

    /// Writes files into the work tree.
    package func write(_ file: String, _ content: String) throws {
        try write(file, Array(content.utf8))
    }

    package func write(_ file: String, _ bytes: [UInt8]) throws {
        let name = String(path.dropFirst(directory.path.utf8.count + 1)) + "/" + file
        try directory.write(name, bytes)
    }

    /// Writes a file and commits it.
    ///
    /// - Returns: The commit's id.
    @discardableResult
    package func commit(
        _ file: String, _ content: String, message: String, author: String = Self.author,
        date: String = "2026-01-02T03:04:05+0100"
    ) async throws -> String {
        try write(file, content)
        try await git("add", "--", file)
        return try await commitStaged(message: message, author: author, date: date)
    }

    /// Commits the index.
    ///
    /// - Returns: The commit's id.
    @discardableResult
    package func commitStaged(
        message: String, author: String = Self.author, date: String = "2026-01-02T03:04:05+0100"
    ) async throws -> String {
        let dates = ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date]
        try await git(["commit", "-q", "--allow-empty", "-m", message, "--author", author], variables: dates)
        return try await git("rev-parse", "HEAD")
    }

    /// Runs git and gives what it wrote, without the newline at its end.
    @discardableResult
    package func git(_ arguments: String...) async throws -> String { try await git(arguments) }

    @discardableResult
    package func git(
        _ arguments: [String], variables: [String: String] = [:], input: String = ""
    ) async throws -> String {
        let output = try await bytes(of: arguments, variables: variables, input: input)
        let text = String(decoding: output, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// As ``git(_:)``, as bytes.
    package func bytes(
        of arguments: [String], variables: [String: String] = [:], input: String = ""
    ) async throws -> [UInt8] {
        var environment = ProcessInfo.processInfo.environment.filter { name, _ in !name.hasPrefix("GIT_") }
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        environment["GIT_CONFIG_NOSYSTEM"] = "1"
        environment["GIT_TERMINAL_PROMPT"] = "0"
        environment["TZ"] = "UTC"
        environment.merge(variables) { $1 }
        let configuration = Configuration(
            executable: .name("git"), arguments: Arguments(arguments),
            environment: .custom(environment.map { Array("\($0.key)=\($0.value)\0".utf8) }),
            workingDirectory: FilePath(path))
        let output = BytesOutput.bytes(limit: 32 << 20)
        let result =
            input.isEmpty
            ? try await run(configuration, input: .none, output: output, error: .string(limit: 1 << 20))
            : try await run(configuration, input: .string(input), output: output, error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else {
            throw TestRepositoryError(
                description: "git \(arguments.joined(separator: " ")): \(result.standardError)")
        }
        return result.standardOutput
    }
}

/// What git complained about in a test's preparation.
package struct TestRepositoryError: Error, CustomStringConvertible {
    package let description: String
}
