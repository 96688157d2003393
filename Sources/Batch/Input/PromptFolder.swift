internal import Concurrency
internal import Files

/// The prompts of a folder and the folders in it: texts, recordings and files of lines, in the order of the bytes of
/// their paths. One is read, handed on and forgotten.
///
/// Hidden names, files that are no prompts by their extension and output directories are passed over. A symbolic link
/// is followed where it leads to something inside the folder.
package struct PromptFolder: Sendable {
    private let path: String
    private let selection: PromptSelection
    private let skipped: [String]

    /// - Parameters:
    ///   - path: The folder.
    ///   - include: Patterns; without any, every prompt is read. One without a slash is held against names, one with
    ///     a slash against paths below the folder. What they name is read whatever its extension.
    ///   - exclude: Patterns of files and directories that are not read.
    ///   - skipped: Directories that are passed over wherever they are met, such as the one for results. They need not exist.
    package init(path: String, include: [String] = [], exclude: [String] = [], skipping skipped: [String] = []) {
        self.path = path
        selection = PromptSelection(include: include, exclude: exclude)
        self.skipped = skipped
    }

    /// Whether a file of this name is a prompt in a folder, and not one of lines.
    package static func isPrompt(fileName: String) -> Bool {
        let name = fileName.utf8.split(separator: UInt8(ascii: "/")).last ?? fileName.utf8[...]
        return PromptKind(fileName: name).map { $0 != .lines } ?? false
    }

    /// Hands on each prompt, and each file or line that should be one and is not.
    /// - Throws: ``BatchInputError``, or what `each` throws. Ends with `interrupted` when the task is cancelled.
    package func read(_ each: (FoundPrompt) async throws -> Void) async throws {
        let stop = StopFlag()
        try await withTaskCancellationHandler {
            let stream = FolderStream(path: path, stop: stop)
            try await stream.open(selection, skipping: skipped)
            var isEmpty = true
            while let group = try await stream.next() {
                for found in group {
                    isEmpty = false
                    try await each(found)
                }
            }
            if isEmpty { throw BatchInputError.folderEmpty(path) }
        } onCancel: {
            stop.set()
        }
    }
}

/// Reads on a thread of its own: disks and network shares let one wait.
private actor FolderStream {
    private nonisolated let executor = BlockingExecutor(label: "vocero.batch.folder")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private struct Lines {
        let path: String
        let file: OpenFile
        let reader: LineReader
        let line: PromptLine
        var isEmpty = true
    }

    private let path: String
    private let stop: StopFlag
    private var root = ""
    private var walk: FolderWalk?
    private var lines: Lines?

    init(path: String, stop: StopFlag) {
        self.path = path
        self.stop = stop
    }

    func open(_ selection: PromptSelection, skipping skipped: [String]) throws(BatchInputError) {
        let isFolder: Bool
        do {
            isFolder = try FileStatus(of: path).isDirectory
            root = try FileSystem.realPath(path)
        } catch {
            throw error.isMissing ? .folderMissing(path) : .folderUnreadable(path, reason: error.reason)
        }
        guard isFolder else { throw .notAFolder(path) }
        walk = try FolderWalk(root: root, selection: selection, skipping: skipped, stop: stop)
    }

    /// Nil at the end.
    func next() throws(BatchInputError) -> [FoundPrompt]? {
        if stop.isSet { throw .interrupted(path) }
        if lines != nil { return nextLines() }
        let step = walk?.next()
        if stop.isSet { throw .interrupted(path) }
        switch step {
        case nil: return nil
        case .problem(let problem): return [.problem(problem)]
        case .file(let name, let kind, let file):
            do throws(PromptProblem) {
                return try read(name, kind, file).map { [$0] } ?? []
            } catch {
                return [.problem(error)]
            }
        }
    }

    private func read(_ name: String, _ kind: PromptKind, _ file: OpenFile) throws(PromptProblem) -> FoundPrompt? {
        let content = PromptFile(name: name, file: file)
        switch kind {
        case .text: return try content.text()
        case .recording: return try content.recording(at: root == "/" ? "/" + name : root + "/" + name, stop: stop)
        case .foreignRecording:
            throw PromptProblem(
                name: name, message: "recordings in this format are not read; convert it to FLAC, WAV or MP3")
        case .lines:
            _ = try content.regular()
            lines = Lines(
                path: name, file: file, reader: LineReader(file, stop: stop),
                line: PromptLine(file: name, prefix: name + "#"))
            return nil
        }
    }

    private func nextLines() -> [FoundPrompt] {
        guard var current = lines else { return [] }
        var group = PromptGroup()
        do throws(LineReader.Failure) {
            while !group.isFull {
                guard let next = try current.reader.next() else {
                    lines = nil
                    let isEmpty = current.isEmpty && group.found.isEmpty
                    return isEmpty
                        ? [.problem(PromptProblem(name: current.path, message: "the file holds no line"))] : group.found
                }
                if let found = current.line.read(next) { group.append(found) }
                if !current.reader.hasLine { break }
            }
        } catch {
            lines = nil
            guard case .system(let error) = error else { return group.found }
            let message = "the file could not be read to its end: \(error.reason)"
            return group.found + [.problem(PromptProblem(name: current.path, message: message))]
        }
        if !group.found.isEmpty { current.isEmpty = false }
        lines = current
        return group.found
    }
}
