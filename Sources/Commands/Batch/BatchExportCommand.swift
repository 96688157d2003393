internal import Application
internal import ArgumentParser
internal import Assistant
internal import Batch
internal import BatchQueue
internal import FoundationEssentials

/// `vocero batch export`
struct BatchExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Make the results of a batch again, from the store, in the order of its input.",
        discussion: """
            Examples:

              vocero batch export prompts --format csv > prompts.csv
              vocero batch export prompts --format jsonl --output prompts.jsonl
              vocero batch export prompts --format files --output answers
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case files, jsonl, csv }

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String

    @Option(help: "files, jsonl or csv.")
    var format: Format = .jsonl

    @Option(help: ArgumentHelp("A file, or a directory for files; stdout otherwise.", valueName: "path"))
    var output: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(batch, in: batches)
            let results = batches.results(of: status.id)
            switch format {
            case .files: try await writeFiles(results, status, context)
            case .jsonl: try await write(.jsonl, results, context)
            case .csv: try await write(.csv, results, context)
            }
        }
    }

    private func writeFiles(
        _ results: AsyncThrowingStream<BatchResult, any Error>, _ status: BatchStatus, _ context: Context
    ) async throws {
        guard let directory = output.map(context.absolute) ?? status.output
        else {
            throw Failure(.usage, "the batch has no directory for its results; give one by --output")
        }
        let input = BatchPlan(json: status.settings).input?.path
        let writing = BatchResultWriting(
            files: try ResultFiles(directory: directory, input: input), batch: status.id)
        try await writing.finish(from: results)
        context.console.notice("results are in \(directory)")
    }

    private func write(
        _ table: ResultTable, _ results: AsyncThrowingStream<BatchResult, any Error>, _ context: Context
    ) async throws {
        guard let output else {
            let console = context.console
            return try await table.write(results) { try console.write($0) }
        }
        try await table.write(results, to: context.absolute(output))
        context.console.notice("wrote \(output)")
    }
}

extension BatchStore {
    /// All results, a page at a time, in the order of the input.
    func results(of batch: UUID) -> AsyncThrowingStream<BatchResult, any Error> {
        let pages = BatchPages(store: self, batch: batch)
        return AsyncThrowingStream { try await pages.next() }
    }
}

private actor BatchPages {
    private let store: BatchStore
    private let batch: UUID
    private var page: ArraySlice<StoredBatchItem> = []
    private var position = 0

    init(store: BatchStore, batch: UUID) {
        self.store = store
        self.batch = batch
    }

    func next() async throws -> BatchResult? {
        if page.isEmpty {
            page = try await store.items(of: batch, from: position)[...]
            position = (page.last?.position ?? 0) + 1
        }
        return page.popFirst().map(BatchResult.init)
    }
}
