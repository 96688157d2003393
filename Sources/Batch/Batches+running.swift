internal import Application
internal import Files
internal import BatchQueue

extension Batches {
    /// Works off what a person asks. `deliver` is given the ending as soon as it is there, before what is missing of
    /// embeddings is filled in; what it throws is thrown.
    ///
    /// Errors: ``Failure`` or a module's error when the work could not be begun, or not be gone on with. Items that fail
    /// are in the ending.
    @discardableResult
    package func run(
        _ request: BatchRequest, deliver: (BatchEnding) throws -> Void = { _ in }
    ) async throws -> BatchEnding {
        let start = try BatchStarter(context: context, request: request)
        context.sayWhenOffline()
        return try await context.withStore { store in
            let files = try start.resultFiles()
            defer { files?.removeIfUnused() }
            let batches = store.batches(of: context)
            try await start.sayWhatChanges(batches)
            let opened = try await batches.open(
                name: start.name, output: files?.directory, settings: start.plan.json, maxCost: request.maxCost)
            return try await session(store, start.plan).run(
                opened, input: BatchInput(start.plan.input, skipping: files?.directory), files: files, deliver)
        }
    }

    /// Goes on with a batch as it was begun; without a name with the latest that has something left.
    @discardableResult
    package func resume(
        _ name: String?, deliver: (BatchEnding) throws -> Void = { _ in }
    ) async throws -> BatchEnding {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let found =
                if let name {
                    try await context.batch(name, in: batches)
                } else {
                    try await batches.all(limit: 1_000).first { status in
                        status.state != .open || status[.pending] + status[.running] + status[.skipped] > 0
                    }
                }
            guard var status = found else {
                throw Failure(.noInput, "no batch has anything left to do; `vocero batch status` lists them")
            }
            let plan = BatchPlan(json: status.settings)
            if status[.skipped] > 0 { _ = try await batches.retry(status.id, states: [.skipped]) }
            try await batches.reopen(status.id)
            status = try await batches.status(status.id) ?? status
            context.sayWhenOffline()
            let files = try status.output.map { try ResultFiles(directory: $0, input: plan.input?.path) }
            // On another machine the prompts may not be there: what was read travels in the database.
            let input = plan.input.flatMap {
                FileSystem.isReadable($0.path) ? BatchInput($0, skipping: files?.directory) : nil
            }
            return try await session(store, plan).run(status, input: input, files: files, deliver)
        }
    }

    /// What a run would do and what it would cost, with nothing sent and nothing changed.
    package func forecast(_ request: BatchRequest) async throws -> BatchForecast {
        let start = try BatchStarter(context: context, request: request)
        return try await context.withStore { store in
            try await ForecastMaker(context: context, store: store, start: start, observe: observe).forecast()
        }
    }
}
