internal import Application
internal import ArgumentParser
internal import Dispatch
internal import Files
internal import Glibc
internal import Redaction

/// One run of the program: parse, carry out, end with the right status.
struct CommandRun {
    /// The root of the command line.
    let root: any ParsableCommand.Type

    /// Never returns. The first Ctrl-C (or SIGTERM) cancels the command and lets it close what it began; the
    /// second ends the process at once.
    ///
    /// Not `async`: what needs no waiting, such as help and the version, is said without the start of any thread.
    func main() -> Never {
        ProcessMemory.hide()
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Scripts ask for it before they do anything else; building the parser takes two milliseconds.
        if arguments == ["--version"] { exit(say(ProgramVersion.current).rawValue) }
        if let unknown = UsageMessage(root: root, arguments: arguments).unknownHelp { exit(complain(unknown).rawValue) }
        let command: any ParsableCommand
        do {
            command = try root.parseAsRoot(arguments)
        } catch {
            exit(showParsing(error, arguments).rawValue)
        }
        guard let asynchronous = command as? any AsyncParsableCommand else {
            exit(sayOwnText(of: command, arguments).rawValue)
        }
        let isVerbose = arguments.contains("-v") || arguments.contains("--verbose")
        let interrupts = Interrupts()
        interrupts.watch()
        // Only the task uses it from here on: this thread waits for ever.
        nonisolated(unsafe) let running = asynchronous
        let task = Task<Void, Never> {
            let status = await BackgroundFilling.$program.withValue(Self.program) {
                await StopRequest.$current.withValue(interrupts.stop) {
                    await carryOut(running, arguments, isVerbose: isVerbose)
                }
            }
            let ending = status == .interrupted ? ExitStatus(signal: interrupts.signal) : status
            // Without what libraries do at the end of a process: other threads still use them, and what is said here is
            // not buffered.
            _exit(ending.rawValue)
        }
        interrupts.cancel(task)
        dispatchMain()
    }

    /// The file of this process, for one beside it; nil when it has been replaced meanwhile.
    private static var program: String? { try? FileSystem.realPath("/proc/self/exe") }

    /// ArgumentParser's own commands, such as the one that shows help: their text is what they throw.
    private func sayOwnText(of command: any ParsableCommand, _ arguments: [String]) -> ExitStatus {
        var command = command
        do {
            try command.run()
            return .done
        } catch {
            return showParsing(error, arguments)
        }
    }

    private func carryOut(
        _ command: any AsyncParsableCommand, _ arguments: [String], isVerbose: Bool
    ) async -> ExitStatus {
        // Only this function knows it.
        nonisolated(unsafe) var running = command
        do {
            try await running.run()
            return .done
        } catch {
            return show(error, arguments, isVerbose: isVerbose)
        }
    }

    private func show(_ error: any Error, _ arguments: [String] = [], isVerbose: Bool) -> ExitStatus {
        switch error {
        case let ended as Ended: return ended.status
        // The reader has seen enough.
        case is BrokenPipe: return .done
        case is CleanExit, is ValidationError, is ExitCode: return showParsing(error, arguments)
        default:
            let failure = Failure(any: error)
            Console(environment: Context.environment, verbose: isVerbose).fail(failure)
            return failure.status
        }
    }

    /// Help, version and completions go to stdout and are no failure; what is wrong with the words goes to stderr.
    private func showParsing(_ error: any Error, _ arguments: [String]) -> ExitStatus {
        guard root.exitCode(for: error) == .success else {
            return complain(UsageMessage(root: root, arguments: arguments).text(for: error))
        }
        return say(root.fullMessage(for: error))
    }

    private func complain(_ text: String) -> ExitStatus {
        Console(environment: Context.environment, verbose: false).notice(text)
        return .usage
    }

    private func say(_ text: String) -> ExitStatus {
        do {
            try Console(environment: Context.environment, verbose: false).writeLine(text)
            return .done
        } catch {
            return show(error, isVerbose: false)
        }
    }
}

/// Ends a command with a status when everything has been said already.
struct Ended: Error {
    let status: ExitStatus
}
