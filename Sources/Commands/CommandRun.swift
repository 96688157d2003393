internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import Redaction
internal import Synchronization

/// One run of the program: parse, carry out, end with the right status.
package enum CommandRun {
    /// Never returns. The first Ctrl-C (or SIGTERM) cancels the command and lets it close what it began; the
    /// second ends the process at once.
    package static func main() async -> Never {
        ProcessMemory.hide()
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let status = await Interrupts.watching { await run(arguments) }
        exit(status.rawValue)
    }

    static func run(_ arguments: [String]) async -> ExitStatus {
        var command: any ParsableCommand
        do {
            command = try Vocero.parseAsRoot(arguments)
        } catch {
            return showParsing(error)
        }
        do {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            return show(error, isVerbose: arguments.contains("-v") || arguments.contains("--verbose"))
        }
    }

    private static func show(_ error: any Error, isVerbose: Bool) -> ExitStatus {
        switch error {
        case let ended as Ended: return ended.status
        // The reader has seen enough.
        case is BrokenPipe: return .done
        case is CleanExit, is ValidationError, is ExitCode: return showParsing(error)
        default:
            let failure = CommandFailure(any: error)
            Console(environment: Context.environment, verbose: isVerbose).fail(failure)
            return failure.status
        }
    }

    /// Help, version and completions go to stdout and are no failure; what is wrong with the words goes to stderr.
    private static func showParsing(_ error: any Error) -> ExitStatus {
        let console = Console(environment: Context.environment, verbose: false)
        let text = Vocero.fullMessage(for: error)
        guard Vocero.exitCode(for: error) == .success else {
            console.trace(text)
            return .usage
        }
        do {
            try console.writeLine(text)
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

/// Ctrl-C and SIGTERM as cancellation of the one task that runs the command.
private enum Interrupts {
    static func watching(_ body: @escaping @Sendable () async -> ExitStatus) async -> ExitStatus {
        let task = Task { await body() }
        let wasAsked = AskedOnce()
        let queue = DispatchQueue(label: "vocero.signals")
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if wasAsked.again() { _exit(ExitStatus.interrupted.rawValue) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return await task.value
    }
}

/// Tells the first time from later ones.
private final class AskedOnce: Sendable {
    private let asked = Atomic(false)

    func again() -> Bool { asked.exchange(true, ordering: .relaxed) }
}
