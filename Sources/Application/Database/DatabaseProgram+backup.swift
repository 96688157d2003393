internal import Files
internal import Postgres
internal import Subprocess
internal import SystemPackage

extension DatabaseProgram {
    /// Writes the whole database to a file in pg_dump's custom format, for its owner alone, and says what is in it: counted
    /// in the file, which is thereby read once from its beginning to its end.
    package func backUp(to file: String) async throws -> DatabaseContents {
        guard !FileSystem.exists(file) else {
            throw Failure(.usage, "\(file) exists already; name another file")
        }
        let connection = try await connectionString()
        let programs = programs(for: try await serverVersion(connection))
        let dump = try await programs.path(of: "pg_dump")
        let restore = try await programs.path(of: "pg_restore")
        let partial = file + ".part"
        // Once it is renamed there is none to remove.
        defer { try? FileSystem.remove(partial) }
        do throws(FileError) {
            // What an interrupted one has left was for its owner alone, too; pg_dump keeps what the file allows.
            try? FileSystem.remove(partial)
            _ = try OpenFile(partial, [.write, .createNew], permissions: 0o600)
        } catch {
            throw Failure(.failed, "\(file) could not be written: \(error.reason)")
        }
        try await run(
            dump, ["--format=custom", "--no-owner", "--no-privileges", "--file=\(partial)"], on: connection)
        let contents = try await contents(of: partial, by: restore)
        do throws(FileError) {
            try FileSystem.setPermissions(0o600, of: partial)
            try OpenFile(partial).synchronize()
            try FileSystem.rename(partial, to: file, isDurable: true)
        } catch {
            throw Failure(.failed, "\(file) could not be written: \(error.reason)")
        }
        return contents
    }

    /// What a dump holds. A file that is none, or is cut short, is a failure.
    func contents(of file: String, by program: String) async throws -> DatabaseContents {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: ["--data-only", "--file=-", file], environment: .inherit,
            input: .none, output: .sequence, error: .string(limit: 1 << 16)
        ) { execution in
            var counts = DumpCounts()
            for try await buffer in execution.standardOutput { buffer.withUnsafeBytes { counts.take($0) } }
            return counts
        }
        guard result.terminationStatus.isSuccess else {
            throw Failure(.badInput, "\(file) cannot be read as a backup: \(Self.reason(result.standardError))")
        }
        return DatabaseContents(rows: result.closureResult.rows)
    }

    func serverVersion(_ connection: String) async throws -> Int {
        let opened = try await PostgresConnection.connect(to: connection)
        let version = await opened.serverVersion
        await opened.close()
        return version / 10_000
    }
}
