internal import Application
internal import ArgumentParser
internal import Dispatch
internal import Files
internal import Glibc
internal import Redaction
internal import Synchronization

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
        let command: any ParsableCommand
        do {
            command = try root.parseAsRoot(arguments)
        } catch {
            exit(showParsing(error).rawValue)
        }
        guard let asynchronous = command as? any AsyncParsableCommand else { exit(sayOwnText(of: command).rawValue) }
        let isVerbose = arguments.contains("-v") || arguments.contains("--verbose")
        let interrupts = Interrupts()
        interrupts.watch()
        // Only the task uses it from here on: this thread waits for ever.
        nonisolated(unsafe) let running = asynchronous
        let task = Task<Void, Never> {
            let status = await BackgroundFilling.$program.withValue(Self.program) {
                await StopRequest.$current.withValue(interrupts.stop) {
                    await carryOut(running, isVerbose: isVerbose)
                }
            }
            // Without what libraries do at the end of a process: other threads still use them, and what is said here is
            // not buffered.
            _exit(status.rawValue)
        }
        interrupts.cancel(task)
        dispatchMain()
    }

    /// The file of this process, for one beside it; nil when it has been replaced meanwhile.
    private static var program: String? { try? FileSystem.realPath("/proc/self/exe") }

    /// ArgumentParser's own commands, such as the one that shows help: their text is what they throw.
    private func sayOwnText(of command: any ParsableCommand) -> ExitStatus {
        var command = command
        do {
            try command.run()
            return .done
        } catch {
            return showParsing(error)
        }
    }

    private func carryOut(_ command: any AsyncParsableCommand, isVerbose: Bool) async -> ExitStatus {
        // Only this function knows it.
        nonisolated(unsafe) var running = command
        do {
            try await running.run()
            return .done
        } catch {
            return show(error, isVerbose: isVerbose)
        }
    }

    private func show(_ error: any Error, isVerbose: Bool) -> ExitStatus {
        switch error {
        case let ended as Ended: return ended.status
        // The reader has seen enough.
        case is BrokenPipe: return .done
        case is CleanExit, is ValidationError, is ExitCode: return showParsing(error)
        default:
            let failure = Failure(any: error)
            Console(environment: Context.environment, verbose: isVerbose).fail(failure)
            return failure.status
        }
    }

    /// Help, version and completions go to stdout and are no failure; what is wrong with the words goes to stderr.
    private func showParsing(_ error: any Error) -> ExitStatus {
        let console = Console(environment: Context.environment, verbose: false)
        let text = root.fullMessage(for: error)
        guard root.exitCode(for: error) == .success else {
            console.trace(text)
            return .usage
        }
        return say(text)
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

/// Ctrl-C and SIGTERM as cancellation of the one task that runs the command; the second time the process ends. A command
/// that ends what it has begun first takes the first one as a request (``StopRequest``).
final class Interrupts: Sendable {
    let stop = StopRequest()

    private struct State {
        var task: Task<Void, Never>?
        var wasAsked = false
    }

    private let state = Mutex(State())

    /// Says what is to be cancelled.
    func cancel(_ task: Task<Void, Never>) {
        state.withLock {
            $0.task = task
            if $0.wasAsked { task.cancel() }
        }
    }

    /// Signals end the process at once until this is called.
    func watch() {
        let queue = DispatchQueue(label: "vocero.signals")
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // The handler holds its source: it is there as long as the process is.
            source.setEventHandler { withExtendedLifetime(source) { self.interrupt() } }
            source.resume()
        }
    }

    private func interrupt() {
        if stop.take() { return }
        state.withLock {
            if $0.wasAsked { _exit(ExitStatus.interrupted.rawValue) }
            $0.wasAsked = true
            $0.task?.cancel()
        }
    }
}
