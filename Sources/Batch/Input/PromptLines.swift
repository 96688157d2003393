internal import Concurrency
internal import Files

/// Prompts from lines of JSON: a file, or a descriptor such as standard input. A line is read, handed on and
/// forgotten.
package struct PromptLines: Sendable {
    private enum Source: Sendable {
        case path(String)
        case stream(OpenFile)
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
        source = .stream(OpenFile(borrowing: descriptor, path: name))
        self.name = name
    }

    /// What was read once cannot be read again.
    package var isDescriptor: Bool { if case .stream = source { true } else { false } }

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
            case .stream(let file): await stream.use(file)
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
    private var reader: LineReader?

    init(name: String, stop: StopFlag) {
        self.name = name
        self.stop = stop
        line = PromptLine(file: name)
    }

    func open(_ path: String) throws(BatchInputError) {
        let file: OpenFile
        do {
            file = try OpenFile(path, [.nonBlocking])
        } catch {
            throw .linesUnreadable(name, reason: error.reason)
        }
        // A named pipe is a stream as good as stdin; without its writer it would look ended.
        guard let kind = try? file.status().kind, kind == .file || kind == .pipe else {
            throw .linesUnreadable(name, reason: "it is not a file")
        }
        if kind == .pipe {
            while !file.hasInput(within: 100) { if stop.isSet { throw .interrupted(name) } }
        }
        use(file)
    }

    func use(_ file: OpenFile) { reader = LineReader(file, stop: stop) }

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
            case .system(let error): throw .linesUnreadable(name, reason: error.reason)
            }
        }
        return group.found
    }
}
