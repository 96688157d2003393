internal import Confinement
internal import Files
internal import Synchronization

/// The git program in one repository.
///
/// What reads runs on a ``RepositoryView``, fenced in, so that nothing which the repository configures is run, unless
/// a person has allowed it. What writes is git itself in the repository, with the hooks that git runs.
struct RepositoryProgram: Sendable {
    typealias Output = GitProgram.Output
    typealias Purpose = GitProgram.Purpose

    let location: RepositoryLocation
    /// git says by its environment which index and objects are meant.
    let isHook: Bool
    let trust: RepositoryTrust
    private let known = KnownConfiguration()

    init(location: RepositoryLocation, isHook: Bool, trust: RepositoryTrust) {
        self.location = location
        self.isHook = isHook
        self.trust = trust
    }

    /// Where git runs.
    var directory: String { location.start }

    /// Runs git and gives what it wrote, whatever its exit status.
    ///
    /// - Throws: `failed` when there is no git program, `tooLarge` past `limit` bytes of output, `cancelled`,
    ///   `untrusted` for a write that would run what the repository configures.
    func run(
        _ arguments: [String], purpose: Purpose = .read, input: [UInt8] = [], limit: Int = 64 << 20,
        variables: [String: String] = [:]
    ) async throws(GitError) -> Output {
        let isKnown = trust.knows(location.gitDirectory)
        // Where git itself will read the configuration, what it says now counts.
        let entries = try await ownConfiguration(anew: purpose != .read || isKnown)
        let requests = RepositoryRequests(entries)
        let isAllowed = requests.isEmpty || isKnown && trust.allows(location.gitDirectory, requests)
        guard purpose == .read else {
            if !isAllowed { try refuse(requests) }
            let closed = isAllowed ? [:] : GitFront.withoutNetwork
            let front = isAllowed ? [] : ["-c", "core.fsmonitor=false"]
            return try await plain(front + arguments, purpose, input, limit, closed.merging(variables) { $1 })
        }
        if isAllowed, requests.contains(.command) { return try await plain(arguments, .read, input, limit, variables) }
        return try await fenced(limit: limit) { (directory) throws(GitError) in
            let view: RepositoryView
            do throws(FileError) {
                view = try RepositoryView(of: location, entries: entries, in: directory)
            } catch {
                throw GitError(.failed, "\(location.gitDirectory) cannot be read: \(error.reasonInSentence).")
            }
            var places = ["GIT_DIR": view.gitDirectory, "TMPDIR": directory.path + "/tmp"]
            if let workTree = location.workTree { places["GIT_WORK_TREE"] = workTree }
            return (GitFront.words(.read) + arguments, places.merging(variables) { $1 }, input)
        }
    }

    /// As ``run(_:purpose:input:limit:variables:)``, and throws git's complaint when it fails.
    func output(
        _ arguments: [String], doing: String, purpose: Purpose = .read, input: [UInt8] = [], limit: Int = 64 << 20,
        variables: [String: String] = [:]
    ) async throws(GitError) -> Output {
        let output = try await run(arguments, purpose: purpose, input: input, limit: limit, variables: variables)
        if output.isSuccess { return output }
        if purpose == .read, lacksObjects(output) {
            throw GitError(
                .notFound,
                "Cannot \(doing): this is a partial clone, and what is needed was never fetched; reading fetches "
                    + "nothing, so run `git fetch --refetch --filter=blob:limit=1m` or the same git command yourself.")
        }
        throw GitError.ofProgram(output, doing: doing)
    }

    private func lacksObjects(_ output: Output) -> Bool {
        let isPartial = known.entries.withLock { $0 }?.contains { entry in
            entry.key == "extensions.partialclone" || entry.key.hasSuffix(".promisor")
        }
        return isPartial == true
            && [
                "unable to read", "bad file", "missing", "bad object", "not a valid object",
                "could not get object info",
            ]
            .contains { output.complaint.contains($0) }
    }

    /// git's configuration as git has it here, of all levels. Asking for it runs nothing.
    func configuration() async throws(GitError) -> [ConfigurationEntry] {
        let arguments = ["config", "--list", "-z", "--show-scope", "--show-origin"]
        let output = try await fenced(limit: 16 << 20) { (_) throws(GitError) in
            (arguments, ["GIT_DIR": location.gitDirectory], [])
        }
        guard output.isSuccess else { throw GitError.ofProgram(output, doing: "read the configuration") }
        return ConfigurationList(output.bytes, directory: directory).entries
    }

    /// The repository's own part of it, as it was when it was first asked for, or as it is now.
    func ownConfiguration(anew: Bool) async throws(GitError) -> [ConfigurationEntry] {
        if !anew, let entries = known.entries.withLock({ $0 }) { return entries }
        let entries = try await configuration().filter { $0.level >= .local }
        known.entries.withLock { $0 = entries }
        return entries
    }

    private func plain(
        _ arguments: [String], _ purpose: Purpose, _ input: [UInt8], _ limit: Int, _ variables: [String: String]
    ) async throws(GitError) -> Output {
        let program = GitProgram(directory: directory, keepsHookEnvironment: isHook)
        return try await program.run(arguments, purpose: purpose, input: input, limit: limit, variables: variables)
    }

    private func fenced(
        limit: Int, _ prepare: (PrivateDirectory) throws(GitError) -> ([String], [String: String], [UInt8])
    ) async throws(GitError) -> Output {
        let directory: PrivateDirectory
        do throws(FileError) {
            directory = try PrivateDirectory()
        } catch {
            throw GitError(.failed, "git cannot be run without a temporary directory: \(error)")
        }
        defer { withExtendedLifetime(directory) {} }
        let (arguments, places, input) = try prepare(directory)
        guard let file = MemoryFile(input) else { throw GitProgram.error(.noMemory, limit: limit) }
        defer { withExtendedLifetime(file) {} }
        var environment = GitProgram.environment(forTools: false, isHook: isHook)
            .merging(GitFront.withoutNetwork) { $1 }
        // It names what the view stands for.
        environment["GIT_COMMON_DIR"] = nil
        environment.merge(places) { $1 }
        let process = ReadingProcess("git", in: self.directory, writing: directory)
        do throws(ReadingProcess.Failure) {
            let output = try await process.run(
                arguments, environment: environment, input: file.descriptor, limit: limit)
            return Output(
                bytes: output.bytes, status: output.status,
                complaint: String(decoding: output.complaint, as: UTF8.self))
        } catch {
            throw GitProgram.error(GitProgram.Failure(error), limit: limit)
        }
    }

    private func refuse(_ requests: RepositoryRequests) throws(GitError) {
        guard let request = requests.all.first(where: { $0.isRunByWrites }) else { return }
        throw GitError(
            .untrusted,
            "\(request.file) sets \(printable(request.key)), a command that git would run for this, and nobody has allowed it; look at "
                + "what the repository asks for with `vocero trust`, and allow it there.")
    }
}

/// Asked for once: a view holds nothing but harmless keys, however old they are.
private final class KnownConfiguration: Sendable {
    let entries = Mutex<[ConfigurationEntry]?>(nil)
}

extension GitProgram.Failure {
    init(_ failure: ReadingProcess.Failure) {
        self =
            switch failure {
            case .cancelled: .cancelled
            case .missing: .missing
            case .tooLong: .tooLong
            case .tooSlow: .tooSlow
            case .other(let reason): .other(reason)
            }
    }
}
