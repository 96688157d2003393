internal import BatchQueue
internal import Assistant
internal import Concurrency
internal import FoundationEssentials

/// Writes results as they come, and `results.jsonl` at the end, beside the work: no disk is waited for by a model call.
///
/// A directory that cannot be written any more ends the writing, not the work: the results are in the store.
actor ResultWriter {
    private nonisolated let executor = BlockingExecutor(label: "vocero.batch.results")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let files: ResultFiles
    private let batch: UUID
    /// A bit an item: written by this process since the beginning.
    private var written: [UInt64] = []
    private(set) var problem: ResultError?
    private(set) var hasWritten = false

    init(files: ResultFiles, batch: UUID) {
        self.files = files
        self.batch = batch
    }

    func write(_ items: [StoredBatchItem]) {
        guard problem == nil else { return }
        let ended = items.filter(\.state.isFinal)
        guard !ended.isEmpty else { return }
        do throws(ResultError) {
            if !hasWritten { try files.mark() }
            hasWritten = true
            try files.write(ended.map(BatchResult.init))
            for item in ended { mark(item.position) }
        } catch {
            problem = error
        }
    }

    /// What others have ended, and the whole in the order of the input. Items that ended before the results were last
    /// written are written only when they have no files. `status`: as the batch is now.
    func finish(from store: BatchStore, asOf status: BatchStatus) async throws {
        guard problem == nil else { return }
        // Of two that end at once, the one that is stored later may have begun first.
        let since = status.writtenAt.map { $0 - 10 } ?? .distantPast
        var position = 0
        var directories: Set<[String]> = [[]]
        var lines: ResultLines?
        do throws(ResultError) {
            if !hasWritten { try files.mark() }
            lines = try ResultLines(directory: files.directory)
        } catch {
            problem = error
            return
        }
        while true {
            let page = try await store.items(of: batch, from: position)
            guard let last = page.last else { break }
            write(page.filter { !isWritten($0.position) && ($0.endedAt.map { $0 >= since } ?? false || !exists($0)) })
            do throws(ResultError) {
                for item in page { try lines?.add(BatchResult(item)) }
            } catch {
                problem = error
            }
            if problem != nil { return }
            for item in page where item.state.isFinal { directories.insert(files.path(of: item.name).directories) }
            position = last.position + 1
        }
        files.sweep(directories)
        do throws(ResultError) {
            try lines?.finish()
        } catch {
            problem = error
            return
        }
        try await store.noteWritten(batch, asOf: status.changedAt, to: status.output)
    }

    /// All results, whatever was written before; those of items that have not ended stand in `results.jsonl` only.
    func finish(from results: AsyncThrowingStream<BatchResult, any Error>) async throws {
        try files.mark()
        var lines = try ResultLines(directory: files.directory)
        var group: [BatchResult] = []
        for try await result in results {
            try lines.add(result)
            if result.state.isFinal { group.append(result) }
            if group.count >= 100 {
                try files.write(group)
                group = []
            }
        }
        try files.write(group)
        try lines.finish()
    }

    /// The results of this batch as a whole were written once.
    func isComplete() -> Bool { files.exists(ResultLines.fileName) }

    private func exists(_ item: StoredBatchItem) -> Bool { files.exists(files.path(of: item.name).report) }

    private func mark(_ position: Int) {
        let word = position / 64
        if word >= written.count { written += [UInt64](repeating: 0, count: word + 1 - written.count) }
        written[word] |= 1 << UInt64(position % 64)
    }

    private func isWritten(_ position: Int) -> Bool {
        let word = position / 64
        return word < written.count && written[word] & 1 << UInt64(position % 64) != 0
    }
}

extension BatchResult {
    init(_ item: StoredBatchItem) {
        self.init(
            position: item.position, name: item.name, state: item.state, transcript: item.transcript,
            answer: item.answer, error: item.error,
            run: item.run?.uuidString.lowercased(), model: item.model, attempts: item.attempts,
            inputTokens: item.inputTokens, outputTokens: item.outputTokens, cost: item.cost, tools: item.tools,
            startedAt: item.startedAt, finishedAt: item.endedAt)
    }
}
