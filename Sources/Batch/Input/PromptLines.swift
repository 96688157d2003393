internal import Concurrency
internal import Glibc

/// Prompts from lines of JSON: a file, or a descriptor such as standard input. A line is read, handed on and
/// forgotten.
package struct PromptLines: Sendable {
    private enum Source: Sendable {
        case path(String)
        case descriptor(Int32)
    }

    private let source: Source
    private let name: String

    package init(path: String) {
        source = .path(path)
        name = path
    }

    /// - Parameters:
    ///   - descriptor: Stays open, and the caller's.
    ///   - name: What problems call it, such as `standard input`.
    package init(descriptor: Int32, name: String) {
        source = .descriptor(descriptor)
        self.name = name
    }

    /// What was read once cannot be read again.
    package var isDescriptor: Bool { if case .descriptor = source { true } else { false } }

    /// Hands on each prompt, and each line that is none, in order. `whenDry`: whenever the next line is not there yet.
    /// - Throws: ``BatchInputError``, or what the closures throw. Ends with `interrupted` when the task is cancelled.
    package func read(
        _ each: (FoundPrompt) async throws -> Void, whenDry: () async throws -> Void = {}
    ) async throws {
        let stop = StopFlag()
        try await withTaskCancellationHandler {
            let stream = LineStream(name: name, stop: stop)
            switch source {
            case .path(let path): try await stream.open(path)
            case .descriptor(let descriptor): await stream.use(descriptor)
            }
            var isEmpty = true
            while true {
                let group = try await stream.next()
                if group.isEmpty { break }
                isEmpty = false
                for found in group { try await each(found) }
                if await stream.isDry { try await whenDry() }
            }
            if isEmpty { throw BatchInputError.linesEmpty(name) }
        } onCancel: {
            stop.set()
        }
    }
}

/// Reads on a thread of its own, for a pipe lets one wait.
private actor LineStream {
    private nonisolated let executor = BlockingExecutor(label: "vocero.batch.lines")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let name: String
    private let stop: StopFlag
    private let line: PromptLine
    private var file: OpenFile?
    private var reader: LineReader?

    init(name: String, stop: StopFlag) {
        self.name = name
        self.stop = stop
        line = PromptLine(file: name)
    }

    func open(_ path: String) throws(BatchInputError) {
        let number = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard number >= 0 else { throw .linesUnreadable(name, reason: SystemReason.text(errno)) }
        let file = OpenFile(owning: number)
        // A named pipe is a stream as good as stdin; without its writer it would look ended.
        guard let status = file.status, status.isRegular || status.isPipe else {
            throw .linesUnreadable(name, reason: "it is not a file")
        }
        if status.isPipe {
            var slot = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            while poll(&slot, 1, 100) == 0 { if stop.isSet { throw .interrupted(name) } }
        }
        self.file = file
        reader = LineReader(number, stop: stop)
    }

    func use(_ descriptor: Int32) { reader = LineReader(descriptor, stop: stop) }

    /// Whether the next line lets one wait.
    var isDry: Bool { reader?.isDry ?? true }

    /// Empty at the end.
    func next() throws(BatchInputError) -> [FoundPrompt] {
        guard let reader else { return [] }
        var group = PromptGroup()
        do throws(LineReader.Failure) {
            while !group.isFull, let next = try reader.next() {
                if let found = line.read(next) { group.append(found) }
                // Who writes line by line is answered line by line.
                if !group.found.isEmpty, !reader.hasLine { break }
            }
        } catch {
            switch error {
            case .interrupted: throw .interrupted(name)
            case .system(let code): throw .linesUnreadable(name, reason: SystemReason.text(code))
            }
        }
        return group.found
    }
}
