internal import Files
internal import FoundationEssentials
internal import Glibc

/// A model server of our own that speaks the OpenAI protocol: started on demand, reached by a Unix socket of this user's
/// only, and left running for the next command.
package struct LocalEngine: Sendable {
    let directories: ServiceDirectories
    let program: EngineProgram

    init(_ program: EngineProgram, home: String) {
        directories = ServiceDirectories(home: home)
        self.program = program
    }

    /// Whisper base: `audio/transcriptions`, formats `json` and `verbose_json`.
    package static func speech(home: String) -> LocalEngine {
        LocalEngine(.speech(installed: ServiceDirectories(home: home).installed), home: home)
    }

    /// Multilingual E5, 384 dimensions: `embeddings`. A model name that contains `query` or `passage` says
    /// which of the two an input is.
    package static func embeddings(home: String) -> LocalEngine {
        LocalEngine(.embeddings(installed: ServiceDirectories(home: home).installed), home: home)
    }

    /// Whether scripts/setup has installed it.
    package var isInstalled: Bool { program.requiredFiles.allSatisfy(FileSystem.exists) }

    /// Where the server's messages go.
    package var logFile: String { directories.logs + "/\(program.name).log" }

    /// Where the server is, if it is ready now.
    package var runningAddress: EngineAddress? { record?.isReady == true ? address : nil }

    /// Where the server is, which is started first where that is needed: a second or two.
    ///
    /// However many commands ask at the same moment, there is one server, and all get it.
    package func address(
        progress: (@Sendable (String) -> Void)? = nil
    ) async throws(ServicesError) -> EngineAddress {
        if let running = runningAddress { return running }
        guard isInstalled else {
            throw ServicesError(
                .notInstalled,
                "The local \(program.title) is not installed in \(directories.installed): run scripts/setup, or "
                    + "configure an endpoint that speaks the OpenAI protocol.")
        }
        try directories.prepare(for: .preferred(for: .engines))
        while true {
            if let lock = try FileLock.ofService(lockFile) {
                defer { lock.release() }
                return try await EngineStart(engine: self, progress: progress).run()
            }
            try await pause(.milliseconds(10))
            if let running = runningAddress { return running }
        }
    }

    /// Stops the server; a request it is working on is lost. False when none was running.
    @discardableResult
    package func stop() async throws(ServicesError) -> Bool {
        guard FileSystem.exists(lockFile) else { return false }
        var held: FileLock?
        while held == nil {
            held = try FileLock.ofService(lockFile)
            if held == nil { try await pause(.milliseconds(10)) }
        }
        defer { held?.release() }
        guard let record else { return false }
        try await end(record.process)
        // A record of a process that is gone is nobody's.
        try? FileSystem.remove(recordFile)
        return true
    }

    package func status() -> ServiceStatus {
        if let record {
            return record.isReady
                ? .running(processID: record.process.processID, address: address.description)
                : .starting(processID: record.process.processID)
        }
        return isInstalled ? .stopped : .absent
    }

    /// Of a server that runs.
    var record: EngineRecord? { EngineRecord(path: recordFile, socket: address.socket) }

    /// Where it listens when it runs.
    var address: EngineAddress {
        let user = (try? ServiceUser.preferred(for: .engines)) ?? .current
        return EngineAddress(socket: SocketDirectory.engines.path(directories, user: user) + "/\(program.name).sock")
    }

    var recordFile: String { directories.run + "/\(program.name).server" }
    private var lockFile: String { directories.run + "/\(program.name).lock" }

    /// Asks politely, and after five seconds no longer: a server at work on a long recording does not listen.
    func end(_ process: ProcessEntry) async throws(ServicesError) {
        kill(process.processID, SIGTERM)
        let patience = ContinuousClock.now + .seconds(5)
        while process.isAlive {
            if ContinuousClock.now > patience { kill(process.processID, SIGKILL) }
            try await pause(.milliseconds(5))
        }
    }
}
