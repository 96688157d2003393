import FoundationEssentials
import Glibc
import JSON
import Services
import TestSupport
import Testing

/// Lines of a batch, for a named pipe that stays open.
private final class LineWriter {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CancellationError() }
    }

    func write(_ names: [String]) {
        for name in names {
            let object: JSON = ["prompt": .string(BatchScene.prompt(name))]
            let line = Array((object.description + "\n").utf8)
            #expect(Glibc.write(descriptor, line, line.count) == line.count)
        }
    }

    func end() { close(descriptor) }
}

struct `A pipe that is read` {
    @Test func `loses no line when its worker is given up and joins anew`() async throws {
        let scene = try await BatchScene.make(environment: ["VOCERO_BATCH_LEASE": "1"])
        let path = scene.directory.file("lines.jsonl")
        #expect(mkfifo(path, 0o600) == 0)
        let run = try await scene.start(["run", "lines.jsonl", "--no-tools"], environment: ["OPENAI_API_KEY": "one"])
        let writer = try LineWriter(path)
        let (early, late) = ((1...5).map { "early\($0)" }, (1...5).map { "late\($0)" })
        writer.write(early)
        #expect(try await scene.wait(until: "(SELECT done = 5 FROM batches)"))
        let other = try await scene.start(["work"], environment: ["OPENAI_API_KEY": "two"])
        #expect(try await scene.wait(until: "(SELECT count(*) = 2 FROM batch_workers)"))
        run.signal(SIGSTOP)
        #expect(try await scene.wait(until: "(SELECT count(*) < 2 FROM batch_workers)"))
        run.signal(SIGCONT)
        writer.write(late)
        writer.end()
        let output = try await run.output
        #expect(output.status == 0 && output.error.contains("goes on as a new one"), "\(output)")
        let helped = try await other.output
        #expect(helped.status == 0, "\(helped)")
        let text = try String(contentsOfFile: scene.directory.file("lines-results/results.jsonl"), encoding: .utf8)
        let answers = try BatchScene.lines(of: text).compactMap { $0["answer"]?.string }
        #expect(answers == (early + late).map { "Answer to \($0)." })
        #expect(scene.endpoint.callCount == 10)
    }

    /// A run that has answered one line of a pipe when its database went away.
    private static func withoutDatabase() async throws -> (PrivateCluster, BatchScene, RunningBatch, LineWriter) {
        let cluster = PrivateCluster(home: try await TestRun.shared.home(), profile: .disposable)
        let scene = try await BatchScene.make(databaseURL: try await cluster.connectionString())
        let path = scene.directory.file("lines.jsonl")
        #expect(mkfifo(path, 0o600) == 0)
        let run = try await scene.start(["run", "lines.jsonl", "--no-tools"])
        let writer = try LineWriter(path)
        writer.write(["one"])
        #expect(try await scene.wait(until: "(SELECT done = 1 FROM batches)"))
        try await cluster.stop()
        return (cluster, scene, run, writer)
    }

    @Test func `is read on when the database was away meanwhile`() async throws {
        let (cluster, scene, run, writer) = try await Self.withoutDatabase()
        writer.write(["two", "three"])
        try await Task.sleep(for: .milliseconds(1500))
        writer.write(["four"])
        writer.end()
        _ = try await cluster.connectionString()
        let output = try await run.output
        #expect(output.status == 0, "\(output)")
        #expect(scene.endpoint.calls.map(\.item).sorted() == ["four", "one", "three", "two"])
        try await cluster.stop()
    }

    @Test func `is left when the work is stopped twice while the database is away`() async throws {
        let (cluster, scene, run, writer) = try await Self.withoutDatabase()
        writer.write(["two"])
        try await Task.sleep(for: .milliseconds(1500))
        run.interrupt()
        try await Task.sleep(for: .milliseconds(300))
        run.interrupt()
        let output = try await run.output
        #expect(output.status == 130 || output.status == 5, "\(output)")
        writer.end()
        withExtendedLifetime((cluster, scene)) {}
    }
}
