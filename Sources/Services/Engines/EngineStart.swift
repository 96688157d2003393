internal import Files

/// One start of a local engine, by whoever holds its lock.
struct EngineStart {
    let engine: LocalEngine
    let progress: (@Sendable (String) -> Void)?

    /// Reading half a gigabyte of Python and model from a cold disk takes its time.
    private static let patience = Duration.seconds(120)

    func run() async throws(ServicesError) -> EngineAddress {
        let deadline = ContinuousClock.now + Self.patience
        // Somebody may have been ready in the meantime, or begun and been interrupted.
        if let record = engine.record, try await becomesReady(record, until: deadline) { return engine.address }
        progress?("Starting the local \(engine.program.title).")
        let user = try user()
        _ = try SocketDirectory.engines.prepare(engine.directories, user: user)
        let log = ServerLog(path: engine.logFile)
        let configuration = try writeConfiguration(for: user)
        // What a server that is gone has left: its name is in a directory that nobody else can enter.
        try? FileSystem.remove(engine.address.socket)
        let offset = try log.prepare()
        let command = engine.program.command(engine.address.socket, configuration)
        let number = try await Launcher(user: user, environment: engine.program.environment)
            .startDetached(command, log: engine.logFile)
        if let process = ProcessEntry(number) {
            let record = EngineRecord(process: process, isReady: false)
            try record.write(to: engine.recordFile)
            if try await becomesReady(record, until: deadline) { return engine.address }
        }
        let complaint = ServerComplaint(log.text(after: offset), in: engine.directories.run)
        throw complaint.error(
            .startFailed, "The local \(engine.program.title) did not start (see \(engine.logFile))")
    }

    /// False when the process ended.
    private func becomesReady(
        _ record: EngineRecord, until deadline: ContinuousClock.Instant
    ) async throws(ServicesError) -> Bool {
        if record.isReady { return true }
        while record.process.isAlive {
            if UnixSocket.accepts(engine.address.socket), record.process.isAlive {
                var ready = record
                ready.isReady = true
                try ready.write(to: engine.recordFile)
                return true
            }
            guard ContinuousClock.now < deadline else {
                try await engine.end(record.process)
                throw ServicesError(
                    .startTimedOut,
                    "The local \(engine.program.title) was not ready after two minutes: read \(engine.logFile), and "
                        + "try again.")
            }
            try await pause(.milliseconds(5))
        }
        return false
    }

    /// The engines' own: never root, and nobody else's.
    private func user() throws(ServicesError) -> ServiceUser {
        let user = try ServiceUser.preferred(for: .engines)
        guard engine.program.requiredFiles.allSatisfy({ user.canReach($0) }) else {
            throw ServicesError(
                .permission,
                "The user \(user.name), who runs the local \(engine.program.title) for root, cannot reach "
                    + "\(engine.directories.installed): set VOCERO_HOME to a directory that other users may pass "
                    + "through, such as /var/lib/vocero.")
        }
        return user
    }

    private func writeConfiguration(for user: ServiceUser) throws(ServicesError) -> String {
        let path = engine.directories.run + "/\(engine.program.name).json"
        guard let text = engine.program.configuration else { return path }
        try SmallFile.replace(path, with: text)
        guard user.isOther else { return path }
        do {
            try FileSystem.setPermissions(0o644, of: path)
        } catch {
            throw ServicesError(error)
        }
        return path
    }
}
