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
        let address = try await engine.baseURL()
        let process = engine.process
        #expect(try await engine.baseURL() == address)
        #expect(engine.process == process)
        #expect(engine.runningBaseURL == address)
        #expect(try await engine.stop())
        #expect(try await engine.stop() == false)
        #expect(engine.runningBaseURL == nil)
    }

    @Test func `ten starts at once end with one server`() async throws {
        let engine = try await fakeEngine()
        let addresses = try await withThrowingTaskGroup { group in
            for _ in 0..<10 { group.addTask { try await engine.baseURL() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(addresses.count == 1)
        let log = try String(contentsOfFile: engine.logFile, encoding: .utf8)
        #expect(log.ranges(of: "begins").count == 1)
        try await engine.stop()
    }

    @Test func `a killed engine is started anew`() async throws {
        let engine = try await fakeEngine()
        _ = try await engine.baseURL()
        let killed = try #require(engine.process)
        kill(killed.processID, SIGKILL)
        while killed.isAlive { try await Task.sleep(for: .milliseconds(1)) }
        #expect(engine.runningBaseURL == nil)
        _ = try await engine.baseURL()
        #expect(engine.process != killed)
        try await engine.stop()
    }

    @Test func `a record whose process is another by now is not believed`() async throws {
        let engine = try await fakeEngine()
        let address = try await engine.baseURL()
        let process = try #require(engine.process)
        let port = try #require(address.split(separator: ":").last?.prefix { $0.isNumber })
        try await engine.stop()
        let us = try #require(ProcessEntry(getpid()))
        for stale in [
            "\(us.processID)\n\(us.startTime)\n\(port)\nready\n", "1\n\(process.startTime)\n80\nready\n", "", "\n\n\n",
        ] {
            try SmallFile.replace(engine.recordFile, with: stale)
            #expect(engine.runningBaseURL == nil)
            #expect(try await engine.stop() == false)
        }
        _ = try await engine.baseURL()
        try await engine.stop()
    }

    @Test func `a start that was interrupted is taken over`() async throws {
        let engine = try await fakeEngine()
        _ = try await engine.baseURL()
        var record = try #require(EngineRecord(path: engine.recordFile))
        record.isReady = false
        try record.write(to: engine.recordFile)
        #expect(engine.runningBaseURL == nil)
        #expect(try await engine.baseURL() == record.baseURL)
        #expect(engine.process == record.process)
        try await engine.stop()
    }

    @Test func `a port that was taken in between is replaced by another`() async throws {
        let marker = try TemporaryDirectory()
        chmod(marker.path, 0o777)
        let engine = try await fakeEngine(
            first: """
                import os
                if not os.path.exists('\(marker.path)/tried'):
                    open('\(marker.path)/tried', 'w')
                    sys.exit('OSError: [Errno 98] Address already in use')
                """)
        _ = try await engine.baseURL()
        try await engine.stop()
    }

    @Test func `an engine that fails says why and where to read more`() async throws {
        let engine = try await fakeEngine(first: "sys.exit('Error: no model here')")
        let error = await #expect(throws: ServicesError.self) { try await engine.baseURL() }
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
            let error = await #expect(throws: ServicesError.self) { try await engine.baseURL() }
            #expect(error?.code == .notInstalled)
            #expect(error?.message.contains("scripts/setup") == true)
        }
    }

    private func fakeEngine(first: String = "") async throws -> LocalEngine {
        let home = try await TestRun.shared.home()
        let script = """
            import sys, http.server
            print('begins', flush=True)
            \(first)
            http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
            """
        let program = EngineProgram(name: "fake", title: "fake server", requiredFiles: ["/usr/bin/python3"]) {
            port, _ in
            ["/usr/bin/python3", "-c", script, String(port), home]
        }
        return LocalEngine(program, home: home)
    }
}

extension LocalEngine {
    fileprivate var process: ProcessEntry? { EngineRecord(path: recordFile)?.process }
}
