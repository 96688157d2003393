import FoundationEssentials
import Glibc
import JSON
import TestSupport
import Testing

struct `A backup` {
    /// A private cluster with two sessions and a batch.
    private static func filled() async throws -> (project: Project, vocero: VoceroProgram) {
        let project = try await Project.make()
        let vocero = try await VoceroProgram.installed(in: project.repository.path, only: ["postgres"])
        try await vocero("ask", "--session", "one", "status")
        try await vocero("ask", "--session", "two", "show the last 2 commits")
        let prompts = try project.repository.directory.write(
            "prompts.jsonl", (0..<5).map { _ in "\"status\"\n" }.joined())
        let batch = try await vocero("batch", "run", prompts, "--output", project.repository.directory.path + "/out")
        #expect(batch.status == 0, "\(batch)")
        return (project, vocero)
    }

    private static func counts(_ vocero: VoceroProgram, database: String? = nil) async throws -> String {
        let sql = """
            SELECT (SELECT count(*) FROM chat_sessions), (SELECT count(*) FROM messages), (SELECT count(*) FROM runs),
                (SELECT count(*) FROM steps), (SELECT count(*) FROM batches), (SELECT count(*) FROM batch_items),
                (SELECT count(*) FROM pg_inherits)
            """
        return try await vocero.run(
            ["db", "psql", "--", "-XAtc", sql] + (database.map { ["-d", $0] } ?? [])
        ).output
    }

    @Test func `is restored into a fresh cluster, batches and all, and beside what is there`() async throws {
        let (project, vocero) = try await Self.filled()
        let file = project.repository.directory.path + "/vocero.dump"
        // Whatever is on PATH comes after the server's own.
        var old = vocero
        let programs = project.repository.directory.path + "/old"
        try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
        for name in ["pg_dump", "pg_restore"] {
            _ = try project.repository.directory.write(
                "old/\(name)", "#!/bin/sh\n[ \"$1\" = --version ] && echo \"\(name) (PostgreSQL) 12.3\" || exit 3\n")
            chmod("\(programs)/\(name)", 0o755)
        }
        old.environment["PATH"] = "\(programs):/usr/bin:/bin"
        let backup = try await old("db", "backup", file)
        #expect(backup.status == 0 && backup.error.isEmpty, "\(backup)")
        #expect(backup.output.contains("14 messages in 7 sessions") && backup.output.contains("1 batch with 5 items"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try await vocero("db", "backup", file).status == 64)

        let fresh = try await VoceroProgram.installed(in: project.repository.path, only: ["postgres"])
        let restored = try await fresh("db", "restore", file)
        #expect(restored.status == 0 && restored.error.isEmpty, "\(restored)")
        #expect(try await Self.counts(fresh) == Self.counts(vocero))
        #expect(try await fresh("history", "--json").output == vocero("history", "--json").output)
        #expect(try await fresh("batch", "status").output == vocero("batch", "status").output)
        // It is worked with as before.
        #expect(try await fresh("ask", "--session", "one", "status").status == 0)

        let again = try await fresh("db", "restore", file)
        #expect(again.status == 64 && again.error.contains("--into NAME"), "\(again)")
        let beside = try await fresh("db", "restore", file, "--into", "from \"may\"")
        #expect(beside.status == 0, "\(beside)")
        #expect(try await Self.counts(fresh, database: "from \"may\"") == Self.counts(vocero))
        #expect(try await fresh("db", "restore", file, "--into", "from \"may\"").status != 0)
        for program in [vocero, fresh] { try await program("services", "stop") }
    }

    @Test func `is restored over the empty tables that any command makes`() async throws {
        let (project, vocero) = try await Self.filled()
        let file = project.repository.directory.path + "/vocero.dump"
        #expect(try await vocero("db", "backup", file).status == 0)
        let fresh = try await VoceroProgram.installed(in: project.repository.path, only: ["postgres"])
        #expect(try await fresh("history").status == 0)
        let restored = try await fresh("db", "restore", file)
        #expect(restored.status == 0 && restored.error.isEmpty, "\(restored)")
        #expect(try await Self.counts(fresh) == Self.counts(vocero))
        // Cut short, it is none.
        let whole = try #require(FileManager.default.contents(atPath: file))
        for length in [0, 100, whole.count / 2, whole.count - 40] {
            let part = try project.repository.directory.write("part-\(length)", Array(whole.prefix(length)))
            let refused = try await fresh("db", "restore", part, "--into", "part")
            #expect(refused.status == 65, "\(length): \(refused)")
        }
        #expect(try await fresh("db", "restore", "/nowhere").status == 66)
        for program in [vocero, fresh] { try await program("services", "stop") }
    }
}
