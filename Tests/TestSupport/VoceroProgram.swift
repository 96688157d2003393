internal import FoundationEssentials
internal import Glibc
package import JSON
internal import Subprocess
internal import SystemPackage

/// The built `vocero` as a user runs it: in a process of its own, with an environment that configures nothing but
/// what a test says, and a data directory of its own.
package struct VoceroProgram: Sendable {
    /// What the program reads from its standard input.
    package enum Input: Sendable {
        case nothing
        case text(String)
        /// A pseudo-terminal for all three streams, on which this is typed. ``VoceroOutput/output`` is the screen.
        case terminal(typed: String)
    }

    /// `$VOCERO_HOME`.
    package let home: String
    /// Beyond the few variables that every process has.
    package var environment: [String: String]
    package var directory: String
    /// Directories that stay as long as the program may be run.
    private let kept: [TemporaryDirectory]

    /// A program that keeps everything in a test's own database and starts no service.
    package static func make(
        in directory: String = "/", keeping directories: [TemporaryDirectory] = [], database: TestDatabase? = nil,
        environment: [String: String] = [:]
    ) async throws -> VoceroProgram {
        let home = try TemporaryDirectory(prefix: "vocero-home")
        try home.write("config", "")
        var environment = environment
        if environment["DATABASE_URL"] == nil {
            var database = database
            if database == nil { database = try await TestDatabase.make() }
            environment["DATABASE_URL"] = database?.connectionString
        }
        return VoceroProgram(
            home: home.path, environment: environment, directory: directory, kept: directories + [home])
    }

    /// A program on a machine where no service runs yet. Its home has what scripts/setup installed, or only these
    /// parts of it (`postgres`, `engines`, `speech`).
    package static func installed(
        in directory: String = "/", only parts: [String]? = nil, environment: [String: String] = [:]
    ) async throws -> VoceroProgram {
        let home = try await TestRun.shared.home()
        if let parts {
            let opt = home + "/opt"
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: opt)
            try FileManager.default.removeItem(atPath: opt)
            try FileManager.default.createDirectory(atPath: opt, withIntermediateDirectories: false)
            for part in parts {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(opt)/\(part)", withDestinationPath: "\(target)/\(part)")
            }
        }
        try Data().write(to: URL(filePath: home + "/config"))
        return VoceroProgram(home: home, environment: environment, directory: directory, kept: [])
    }

    /// Runs one command to its end. A run that takes minutes is killed.
    @discardableResult
    package func callAsFunction(
        _ arguments: String..., input: Input = .nothing, in directory: String? = nil
    ) async throws -> VoceroOutput {
        try await run(arguments, input: input, in: directory)
    }

    /// `through`: the words of a program that becomes this one, such as `env`.
    package func run(
        _ arguments: [String], input: Input = .nothing, in directory: String? = nil, through prefix: [String] = [],
        meanwhile: (@Sendable (Int32) async throws -> Void)? = nil
    ) async throws -> VoceroOutput {
        let program = try Self.path
        switch input {
        case .nothing:
            guard !prefix.isEmpty else { return try await process(program, arguments, .none, in: directory, meanwhile) }
            return try await process("/usr/bin/env", prefix + [program] + arguments, .none, in: directory, meanwhile)
        case .text(let text):
            return try await process(program, arguments, .string(text), in: directory, meanwhile)
        case .terminal(let typed):
            // Typed at once: the terminal keeps it until the program reads.
            let words = ([program] + arguments).map(Self.quoted).joined(separator: " ")
            let arguments = ["-q", "-e", "-c", words, "/dev/null"]
            return try await process("/usr/bin/script", arguments, .string(typed), in: directory, meanwhile)
        }
    }

    /// Runs a line of bash with the program as `$VOCERO`, for what only a shell does: pipes and redirections.
    package func shell(_ line: String) async throws -> VoceroOutput {
        var copy = self
        copy.environment["VOCERO"] = try Self.path
        return try await copy.process("/bin/bash", ["-c", line], .none, in: nil, nil)
    }

    private func process<Input: InputProtocol>(
        _ program: String, _ arguments: [String], _ input: Input, in directory: String?,
        _ meanwhile: (@Sendable (Int32) async throws -> Void)?
    ) async throws -> VoceroOutput {
        var variables: [Environment.Key: String] = [
            "HOME": home, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            "TERM": "xterm", "TZ": "UTC", "VOCERO_HOME": home, "VOCERO_CONFIG": home + "/config",
            "GIT_CONFIG_NOSYSTEM": "1", "SWIFT_BACKTRACE": "enable=no",
        ]
        for (name, value) in environment { variables[Environment.Key(rawValue: name) ?? "VOCERO_TEST"] = value }
        var options = PlatformOptions()
        options.createSession = true
        let configuration = Configuration(
            executable: .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom(variables),
            workingDirectory: FilePath(directory ?? self.directory), platformOptions: options)
        let result = try await Subprocess.run(
            configuration, input: input, output: .string(limit: 8 << 20), error: .string(limit: 8 << 20)
        ) { execution in
            let identifier = execution.processIdentifier.value
            let watchdog = Task {
                try await Task.sleep(for: .seconds(180))
                kill(-identifier, SIGKILL)
            }
            defer { watchdog.cancel() }
            try await meanwhile?(identifier)
        }
        let status =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let number): 128 + number
            }
        return VoceroOutput(status: status, output: result.standardOutput, error: result.standardError)
    }

    private static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: #"'\''"#) + "'" }

    /// Next to the tests' own program: the package builds both.
    private static var path: String {
        get throws {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let directories = [own, CommandLine.arguments.first ?? ""] + CommandLine.arguments
            for file in directories {
                let path = file[..<(file.lastIndex(of: "/") ?? file.startIndex)] + "/vocero"
                if access(String(path), X_OK) == 0 { return String(path) }
            }
            throw MissingProgram(description: "vocero is not beside \(own): build the package first")
        }
    }
}

private struct MissingProgram: Error, CustomStringConvertible { let description: String }

/// What a run of ``VoceroProgram`` ended with.
package struct VoceroOutput: Sendable, CustomStringConvertible {
    /// 128 and the signal's number when one ended it.
    package let status: Int32
    package let output: String
    package let error: String

    /// Everything on stdout, as one JSON value.
    package var json: JSON {
        get throws { try JSON(parsing: Array(output.utf8)) }
    }

    /// The lines of stderr.
    package var errorLines: [Substring] { error.split(separator: "\n") }

    package var description: String { "exit \(status)\nstdout: \(output)\nstderr: \(error)" }
}
