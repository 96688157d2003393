internal import Git

/// What an installation asks git: about places, and to change its configuration.
extension GitProgram {
    /// `userConfiguration`: the file that `--global` means; nil leaves it to git.
    init(directory: String, userConfiguration: String?) {
        self.init(directory: directory, variables: userConfiguration.map { ["GIT_CONFIG_GLOBAL": $0] } ?? [:])
    }

    /// Whatever its exit status.
    func run(_ arguments: [String]) async throws(HookError) -> Output {
        do {
            return try await output(of: arguments, purpose: .configure, limit: 1 << 20)
        } catch {
            switch error {
            case .cancelled: throw HookError(.cancelled, "Interrupted.")
            case .missing: throw HookError(.failed, "There is no git in PATH; install it.")
            case .tooLong: throw HookError(.failed, "git could not be run: it wrote more than 1 MiB.")
            case .tooSlow: throw HookError(.failed, "git was not done after two minutes and was stopped.")
            case .noMemory: throw HookError(.failed, "There is no memory for a temporary file.")
            case .other(let reason): throw HookError(.failed, "git could not be run: \(reason).")
            }
        }
    }

    /// A path that git says; nil where it has none to say.
    func path(_ arguments: String...) async throws(HookError) -> String? {
        let output = try await run(arguments)
        guard output.status == 0, !output.line.isEmpty else { return nil }
        guard Array(output.line.utf8) == Array(output.bytes.dropLast()) else {
            throw HookError(.refused, "The path \(output.line) is not UTF-8: hooks cannot be installed there.")
        }
        return output.line.hasPrefix("/") ? output.line : directory + "/" + output.line
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
        guard let version = GitVersion(output: output.line) else {
            throw HookError(.failed, "git does not say its version: \(output.line)")
        }
        return version
    }
}

extension GitProgram.Output {
    /// Without the newline at the end.
    var line: String {
        let bytes = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        return String(decoding: bytes, as: UTF8.self)
    }
}
