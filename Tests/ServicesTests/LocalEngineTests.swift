internal import FoundationEssentials
internal import Glibc
import TestSupport
import Testing

@testable internal import Services

/// The life of a local server, with a small Python program in the place of the models.
struct LocalEngineTests {
    @Test func `an engine is started once and found again`() async throws {
        let engine = try await fakeEngine()
        #expect(engine.status() == .stopped)
        let address = try await engine.address()
        let process = engine.process
        #expect(try await engine.address() == address)
        #expect(engine.process == process)
        #expect(engine.runningAddress == address)
        #expect(try await engine.stop())
        #expect(try await engine.stop() == false)
        #expect(engine.runningAddress == nil)
    }

    @Test func `ten starts at once end with one server`() async throws {
        let engine = try await fakeEngine()
        let addresses = try await withThrowingTaskGroup { group in
            for _ in 0..<10 { group.addTask { try await engine.address() } }
            return try await group.reduce(into: Set<EngineAddress>()) { $0.insert($1) }
        }
        #expect(addresses.count == 1)
        let log = try String(contentsOfFile: engine.logFile, encoding: .utf8)
        #expect(log.ranges(of: "begins").count == 1)
        try await engine.stop()
    }

    @Test func `a killed engine is started anew`() async throws {
        let engine = try await fakeEngine()
        _ = try await engine.address()
        let killed = try #require(engine.process)
        kill(killed.processID, SIGKILL)
        while killed.isAlive { try await Task.sleep(for: .milliseconds(1)) }
        #expect(engine.runningAddress == nil)
        _ = try await engine.address()
        #expect(engine.process != killed)
        try await engine.stop()
    }

    @Test func `a record whose process is another by now is not believed`() async throws {
        let engine = try await fakeEngine()
        _ = try await engine.address()
        let process = try #require(engine.process)
        try await engine.stop()
        let us = try #require(ProcessEntry(getpid()))
        for stale in [
            "\(us.processID)\n\(us.startTime)\nready\n", "1\n\(process.startTime)\nready\n", "", "\n\n\n",
        ] {
            try SmallFile.replace(engine.recordFile, with: stale)
            #expect(engine.runningAddress == nil)
            #expect(try await engine.stop() == false)
        }
        _ = try await engine.address()
        try await engine.stop()
    }

    @Test func `a start that was interrupted is taken over`() async throws {
        let engine = try await fakeEngine()
        _ = try await engine.address()
        var record = try #require(engine.record)
        record.isReady = false
        try record.write(to: engine.recordFile)
        #expect(engine.runningAddress == nil)
        #expect(try await engine.address() == engine.address)
        #expect(engine.process == record.process)
        try await engine.stop()
    }

    @Test func `nobody but its user can enter where it listens`() async throws {
        let engine = try await fakeEngine()
        let socket = try await engine.address().socket
        let directory = String(socket[..<(try #require(socket.lastIndex(of: "/")))])
        var status = stat()
        #expect(stat(directory, &status) == 0)
        #expect(status.st_mode & 0o077 == 0)
        #expect(status.st_uid == (try ServiceUser.preferred(for: .engines)).userID)
        try await engine.stop()
    }

    @Test func `a socket that a dead server left behind is replaced`() async throws {
        let engine = try await fakeEngine()
        let socket = try await engine.address().socket
        kill(try #require(engine.process).processID, SIGKILL)
        while engine.process != nil { try await Task.sleep(for: .milliseconds(1)) }
        #expect(access(socket, F_OK) == 0)
        _ = try await engine.address()
        try await engine.stop()
    }

    @Test func `an engine that fails says why and where to read more`() async throws {
        let engine = try await fakeEngine(first: "sys.exit('Error: no model here')")
        let error = await #expect(throws: ServicesError.self) { try await engine.address() }
        #expect(error?.code == .startFailed)
        #expect(error?.message.contains("no model here") == true)
        #expect(error?.message.contains(engine.logFile) == true)
        #expect(engine.process == nil)
    }

    @Test func `an engine that is not installed says how to get it`() async throws {
        let empty = try TemporaryDirectory()
        for engine in [LocalEngine.speech(home: empty.path), .embeddings(home: empty.path)] {
            #expect(engine.status() == .absent)
            #expect(try await engine.stop() == false)
            let error = await #expect(throws: ServicesError.self) { try await engine.address() }
            #expect(error?.code == .notInstalled)
            #expect(error?.message.contains("scripts/setup") == true)
        }
    }

    private func fakeEngine(first: String = "") async throws -> LocalEngine {
        let home = try await TestRun.shared.home()
        let script = """
            import sys, socketserver
            print('begins', flush=True)
            \(first)
            socketserver.UnixStreamServer(sys.argv[1], socketserver.StreamRequestHandler).serve_forever()
            """
        let program = EngineProgram(name: "fake", title: "fake server", requiredFiles: ["/usr/bin/python3"]) {
            socket, _ in
            ["/usr/bin/python3", "-c", script, socket, home]
        }
        return LocalEngine(program, home: home)
    }
}

extension LocalEngine {
    fileprivate var process: ProcessEntry? { record?.process }
}
