internal import Application
internal import FoundationEssentials
internal import BatchQueue
internal import Memory

extension Batches {
    /// Writes all results as files, and gives the directory they are in: the one of the batch without another.
    package func exportFiles(of name: String, to directory: String?) async throws -> String {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(name, in: batches)
            guard let directory = directory.map(context.absolute) ?? status.output else {
                throw Failure(.usage, "the batch has no directory for its results; give one by --output")
            }
            let input = BatchPlan(json: status.settings).input?.path
            let writer = ResultWriter(files: try ResultFiles(directory: directory, input: input), batch: status.id)
            try await writer.finish(from: batches.results(of: status.id))
            return directory
        }
    }

    /// Writes all results as one text to a path, which changes only when the text is whole.
    package func export(_ name: String, as table: ResultTable, to path: String) async throws {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(name, in: batches)
            try await table.write(batches.results(of: status.id), to: context.absolute(path))
        }
    }

    /// Hands on all results as one text, a row at a time.
    package func export(
        _ name: String, as table: ResultTable, with write: (String) throws -> Void
    ) async throws {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(name, in: batches)
            try await table.write(batches.results(of: status.id), with: write)
        }
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
