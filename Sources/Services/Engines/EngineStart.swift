internal import Files

/// One start of a local engine, by whoever holds its lock.
struct EngineStart {
    let engine: LocalEngine
    let progress: (@Sendable (String) -> Void)?

    /// Reading half a gigabyte of Python and model from a cold disk takes its time.
    private static let patience = Duration.seconds(120)

    func run() async throws(ServicesError) -> String {
        let deadline = ContinuousClock.now + Self.patience
        // Somebody may have been ready in the meantime, or begun and been interrupted.
        if let record = EngineRecord(path: engine.recordFile), try await becomesReady(record, until: deadline) {
            return record.baseURL
        }
        progress?("Starting the local \(engine.program.title).")
        let user = try user()
        let log = ServerLog(path: engine.logFile)
        let configuration = try writeConfiguration(for: user)
        var complaint = ServerComplaint("", in: engine.directories.run)
        // Another program may take the port between our look and the server's; that is told by its failure.
        for _ in 1...3 {
            guard let port = LoopbackPort.unused() else { break }
            let offset = try log.prepare()
            let command = engine.program.command(port, configuration)
            let number = try await Launcher(user: user, environment: engine.program.environment)
                .startDetached(command, log: engine.logFile)
            if let process = ProcessEntry(number) {
                let record = EngineRecord(process: process, port: port, isReady: false)
                try record.write(to: engine.recordFile)
                if try await becomesReady(record, until: deadline) { return record.baseURL }
            }
            complaint = ServerComplaint(log.text(after: offset), in: engine.directories.run)
            guard complaint.saysPortTaken else { break }
        }
        throw complaint.error(
            .startFailed, "The local \(engine.program.title) did not start (see \(engine.logFile))")
    }

    /// False when the process ended.
    private func becomesReady(
        _ record: EngineRecord, until deadline: ContinuousClock.Instant
    ) async throws(ServicesError) -> Bool {
        if record.isReady { return true }
        while record.process.isAlive {
            if LoopbackPort.accepts(record.port), record.process.isAlive {
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

    /// An unprivileged user where there is one that can reach the program; else ourselves, and that is said.
    private func user() throws(ServicesError) -> ServiceUser {
        let preferred = try ServiceUser.preferred()
        if engine.program.requiredFiles.allSatisfy({ preferred.canReach($0) }) { return preferred }
        progress?("It runs as root: the user \(preferred.name) cannot reach \(engine.directories.installed).")
        return .current
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
