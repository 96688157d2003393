internal import FoundationEssentials
internal import Subprocess
internal import SystemPackage

/// Runs git for an installation: questions about places, and changes of its configuration.
struct InstallationGit: Sendable {
    let directory: String
    /// The file that `--global` means; nil leaves it to git.
    let userConfiguration: String?

    struct Output: Sendable {
        let bytes: [UInt8]
        let status: Int32
        let complaint: String

        /// Without the newline at the end.
        var text: String {
            let bytes = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static let kept: Set<String> = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]

    /// Whatever its exit status.
    func run(_ arguments: [String]) async throws(HookError) -> Output {
        // Which repository is meant is said by the directory, not by what a hook around us inherited.
        var environment = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("GIT_") || Self.kept.contains(name)
        }
        environment["LC_ALL"] = "C"
        if let userConfiguration { environment["GIT_CONFIG_GLOBAL"] = userConfiguration }
        do {
            let result = try await Subprocess.run(
                .name("git"), arguments: Arguments(arguments),
                environment: .custom(environment.map { Array("\($0.key)=\($0.value)\0".utf8) }),
                workingDirectory: FilePath(directory), input: .none, output: .bytes(limit: 1 << 20),
                error: .bytes(limit: 64 << 10))
            try Task.checkCancellation()
            let status: Int32 =
                switch result.terminationStatus {
                case .exited(let code): code
                case .signaled(let signal): 128 + signal
                }
            return Output(
                bytes: result.standardOutput, status: status,
                complaint: String(decoding: result.standardError, as: UTF8.self))
        } catch {
            if error is CancellationError || Task.isCancelled { throw HookError(.cancelled, "Interrupted.") }
            if let error = error as? SubprocessError, error.code == .executableNotFound {
                throw HookError(.failed, "There is no git in PATH; install it.")
            }
            throw HookError(.failed, "git could not be run: \(error).")
        }
    }

    /// A path that git says; nil where it has none to say.
    func path(_ arguments: String...) async throws(HookError) -> String? {
        let output = try await run(arguments)
        guard output.status == 0, !output.text.isEmpty else { return nil }
        guard Array(output.text.utf8) == Array(output.bytes.dropLast()) else {
            throw HookError(.refused, "The path \(output.text) is not UTF-8: hooks cannot be installed there.")
        }
        return output.text.hasPrefix("/") ? output.text : directory + "/" + output.text
    }

    /// As ``run(_:)``, and throws git's complaint when it fails.
    func change(_ arguments: [String]) async throws(HookError) {
        let output = try await run(arguments)
        guard output.status != 0 else { return }
        let lines = output.complaint.split(separator: "\n").map(String.init)
        let said = lines.last ?? "it ended with status \(output.status)"
        throw HookError(.failed, "The configuration could not be changed; git said: \(said)")
    }

    func version() async throws(HookError) -> GitVersion {
        let output = try await run(["--version"])
        guard let version = GitVersion(output: output.text) else {
            throw HookError(.failed, "git does not say its version: \(output.text)")
        }
        return version
    }
}
