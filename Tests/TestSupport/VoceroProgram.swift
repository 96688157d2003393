internal import FoundationEssentials
internal import Glibc
package import JSON
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// The built `vocero` as a user runs it: in a process of its own, with an environment that configures nothing but
/// what a test says, and a data directory of its own.
package struct VoceroProgram: Sendable {
    /// What the program reads from its standard input.
    package enum Input: Sendable {
        case nothing
        case text(String)
        /// A pseudo-terminal for all three streams, on which a line of this is typed for each question.
        /// ``VoceroOutput/output`` is the screen.
        case terminal(typed: String)
        /// The same, with what is typed when.
        case keys([TerminalStep])
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
            return try await onTerminal([program] + arguments, TerminalStep.answers(typed), in: directory)
        case .keys(let steps): return try await onTerminal([program] + arguments, steps, in: directory)
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
        let configuration = configuration(program, arguments, in: directory)
        let result = try await Subprocess.run(
            configuration, input: input, output: .string(limit: 8 << 20), error: .string(limit: 8 << 20)
        ) { execution in
            let identifier = execution.processIdentifier.value
            let watchdog = Self.watchdog(of: identifier)
            defer { watchdog.cancel() }
            try await meanwhile?(identifier)
        }
        return VoceroOutput(
            status: Self.status(result.terminationStatus), output: result.standardOutput, error: result.standardError)
    }

    /// The screen of a terminal on which somebody types. `script` makes the terminal.
    private func onTerminal(
        _ command: [String], _ steps: [TerminalStep], in directory: String?
    ) async throws -> VoceroOutput {
        let words = command.map(Self.quoted).joined(separator: " ")
        let configuration = configuration("/usr/bin/script", ["-q", "-e", "-c", words, "/dev/null"], in: directory)
        let screen = Screen()
        let result = try await Subprocess.run(
            configuration, input: .inputWriter, output: .sequence, error: .string(limit: 1 << 20)
        ) { execution in
            let watchdog = Self.watchdog(of: execution.processIdentifier.value)
            defer { watchdog.cancel() }
            let writer = execution.standardInputWriter
            let typist = Task { try await Self.type(steps, on: screen) { _ = try await writer.write($0) } }
            for try await buffer in execution.standardOutput {
                let text = buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
                screen.add(text)
            }
            typist.cancel()
            try? await writer.finish()
        }
        return VoceroOutput(
            status: Self.status(result.terminationStatus), output: screen.text, error: result.standardError)
    }

    private static func type(
        _ steps: [TerminalStep], on screen: Screen, _ write: @Sendable (String) async throws -> Void
    ) async throws {
        var seen = 0
        for step in steps {
            while !step.isReached(screen.text.dropFirst(seen)) { try await Task.sleep(for: .milliseconds(10)) }
            seen = screen.text.count
            try await Task.sleep(for: step.wait)
            try await write(step.keys)
        }
    }

    private static func watchdog(of process: Int32) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: .seconds(180))
            kill(-process, SIGKILL)
        }
    }

    private static func status(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let number): 128 + number
        }
    }

    private func configuration(_ program: String, _ arguments: [String], in directory: String?) -> Configuration {
        var variables: [Environment.Key: String] = [
            "HOME": home, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            "TERM": "xterm", "TZ": "UTC", "VOCERO_HOME": home, "VOCERO_CONFIG": home + "/config",
            "GIT_CONFIG_NOSYSTEM": "1", "SWIFT_BACKTRACE": "enable=no",
        ]
        for (name, value) in environment { variables[Environment.Key(rawValue: name) ?? "VOCERO_TEST"] = value }
        var options = PlatformOptions()
        options.createSession = true
        return Configuration(
            executable: .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom(variables),
            workingDirectory: FilePath(directory ?? self.directory), platformOptions: options)
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

/// What a terminal has shown so far.
private final class Screen: Sendable {
    private let shown = Mutex("")

    var text: String { shown.withLock { $0 } }

    func add(_ text: String) { shown.withLock { $0 += text } }
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
