internal import Confinement
internal import FoundationEssentials
internal import Subprocess
internal import SystemPackage

/// Runs the git program in one directory: for what libgit2 would get wrong, and for what it does not know.
package struct GitProgram: Sendable {
    /// What a run gave.
    package struct Output: Sendable {
        package let bytes: [UInt8]
        package let status: Int32
        /// At most 64 KiB of standard error.
        package let complaint: String

        package var text: String { String(decoding: bytes, as: UTF8.self) }
        package var isSuccess: Bool { status == 0 }
    }

    /// How careful a run is.
    package enum Purpose: Sendable {
        /// Runs no hook, file-system monitor, external diff or pager that the repository configures, takes no lock.
        case read
        /// Runs the hooks that git runs.
        case write
        /// Asks and changes the configuration, to which nothing is added.
        case configure
    }

    /// Why there is no output.
    package enum Failure: Error, Sendable, Hashable {
        case cancelled
        /// There is no git in PATH.
        case missing
        /// It wrote more than was allowed.
        case tooLong
        /// It was not done in time.
        case tooSlow
        case noMemory
        case other(String)
    }

    package let directory: String
    /// `GIT_DIR`, `GIT_INDEX_FILE` and their like are passed on: only in a hook.
    var keepsHookEnvironment = false
    /// Of the environment, in each run.
    package let variables: [String: String]

    init(directory: String, keepsHookEnvironment: Bool = false) {
        self.directory = directory
        self.keepsHookEnvironment = keepsHookEnvironment
        variables = [:]
    }

    package init(directory: String, variables: [String: String]) {
        self.directory = directory
        self.variables = variables
    }

    /// Runs git and gives what it wrote, whatever its exit status.
    ///
    /// - Throws: `failed` when there is no git program, `tooLarge` past `limit` bytes of output, `cancelled`.
    func run(
        _ arguments: [String], purpose: Purpose = .read, input: [UInt8] = [], limit: Int = 64 << 20,
        variables: [String: String] = [:]
    ) async throws(GitError) -> Output {
        do {
            return try await output(
                of: arguments, purpose: purpose, input: input, limit: limit, variables: variables)
        } catch {
            throw Self.error(error, limit: limit)
        }
    }

    /// The same, with a failure that says no more than what happened.
    package func output(
        of arguments: [String], purpose: Purpose, input: [UInt8] = [], limit: Int, variables: [String: String] = [:]
    ) async throws(Failure) -> Output {
        // Not a pipe: git may end without having read it, and that would be a signal here.
        guard let file = MemoryFile(input) else { throw .noMemory }
        defer { withExtendedLifetime(file) {} }
        do {
            let result = try await Subprocess.run(
                .name("git"), arguments: Arguments(GitFront.words(purpose) + arguments),
                environment: .custom(environment(for: purpose, adding: variables)),
                workingDirectory: FilePath(directory),
                input: .fileDescriptor(FileDescriptor(rawValue: file.descriptor), closeAfterSpawningProcess: false),
                output: .bytes(limit: limit), error: .bytes(limit: 64 << 10))
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
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: any Error) -> Failure {
        if error is CancellationError || Task.isCancelled { return .cancelled }
        switch (error as? SubprocessError)?.code {
        case .executableNotFound?: return .missing
        case .outputLimitExceeded?: return .tooLong
        default: return .other("\(error)")
        }
    }

    static func error(_ failure: Failure, limit: Int) -> GitError {
        switch failure {
        case .cancelled: GitError(.cancelled, "The operation was cancelled.")
        case .missing:
            GitError(.failed, "This repository needs the git program, and there is none in PATH; install git.")
        case .tooLong: GitError(.tooLarge, "git wrote more than \(limit >> 20) MiB; ask for less of it.")
        case .tooSlow:
            GitError(
                .failed, "git was not done after two minutes and was stopped; look at the repository with git itself.")
        case .noMemory: GitError(.failed, "There is no memory for a temporary file.")
        case .other(let reason): GitError(.failed, "git could not be run: \(reason).")
        }
    }

    private func environment(for purpose: Purpose, adding variables: [String: String]) -> [[UInt8]] {
        let all = Self.environment(forTools: purpose == .write, isHook: keepsHookEnvironment)
            .merging(keepsHookEnvironment || purpose == .read ? GitFront.withoutNetwork : [:]) { $1 }
            .merging(self.variables) { $1 }.merging(variables) { $1 }
        return all.map { Array("\($0.key)=\($0.value)\0".utf8) }
    }

    /// What git sees of this process's environment.
    static func environment(forTools: Bool, isHook: Bool) -> [String: String] {
        let own = ProcessInfo.processInfo.environment.filter { GitFront.passes($0.key, inHook: isHook) }
        var all = ChildEnvironment.variables(forTools: forTools).merging(own) { $1 }
        // What git does for us asks nothing of our own hooks: they would find no key there.
        all["VOCERO"] = "0"
        return all.merging(GitFront.variables) { $1 }
    }
}

extension GitError {
    /// git's own complaint, in a sentence.
    static func ofProgram(_ output: GitProgram.Output, doing: String) -> GitError {
        let lines = output.complaint.split(whereSeparator: \.isNewline).map { String($0) }
        let complaint = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.last ?? ""
        let said = complaint.replacing("fatal: ", with: "").replacing("error: ", with: "")
        if said.contains("dubious ownership") {
            return GitError(
                .ownedBySomeoneElse,
                "Cannot \(doing): the repository belongs to another user; if you trust it, run "
                    + "`git config --global --add safe.directory` with its path.")
        }
        if said.contains(".lock'") { return .locked(said) }
        let kind: Kind =
            if said.contains("unknown revision") || said.contains("bad revision") || said.contains("does not exist")
                || said.contains("Needed a single revision")
            {
                .notFound
            } else if said.contains("does not have any commits") {
                .unborn
            } else if said.contains("would be overwritten") || said.contains("unmerged") {
                .conflict
            } else {
                .failed
            }
        let reason = said.isEmpty ? "git ended with status \(output.status)" : "git said: \(said)"
        return GitError(kind, "Cannot \(doing): \(reason).")
    }
}
