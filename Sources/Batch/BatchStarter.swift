internal import Application
internal import BatchQueue
internal import Memory

/// What a batch is run with: where its prompts are, what it is called, how it is worked on.
struct BatchStarter: Sendable {
    let context: Context
    let request: BatchRequest
    let place: BatchInput.Place
    let plan: BatchPlan

    init(context: Context, request: BatchRequest) throws {
        self.context = context
        self.request = request
        let place = try BatchInput.place(of: request.path, called: request.name, in: context.directory)
        if !place.isFolder, !(request.include + request.exclude).isEmpty {
            throw Failure(.usage, "--include and --exclude choose files of a folder; \(request.path) is none")
        }
        var plan = try PlanMaker(context: context, request: request).plan()
        if let path = place.path {
            plan.input = BatchPlan.Input(
                path: path, isFolder: place.isFolder, include: request.include, exclude: request.exclude)
        }
        self.place = place
        self.plan = plan
    }

    var name: String { request.name ?? place.name }

    /// A name may be given to another input, and what was in the batch before stays in it; a limit of money holds only
    /// for as long as it is given.
    func sayWhatChanges(_ batches: BatchStore) async throws {
        guard let known = try await batches.find(name), known.name == name, known.total > 0 else { return }
        if let most = known.maxCost, request.maxCost == nil {
            context.reporter.notice(
                "the limit of \(Figures.dollars(most)) is lifted: --max-cost was not given this time")
        }
        let before = BatchPlan(json: known.settings).input?.path
        guard before != place.path else { return }
        context.reporter.notice(
            "the batch \(name) was made of \(before ?? "standard input"); what comes now is added to it")
    }

    /// Before anything is sent, so that answers have a place.
    func resultFiles() throws -> ResultFiles? {
        guard !request.writesNothing else { return nil }
        let directory = request.output.map(context.absolute) ?? place.output
        let files = try ResultFiles(directory: directory, input: place.path)
        if case .aroundInput = files.relation, place.isFolder {
            throw Failure(
                .usage, "\(directory) holds the prompts, so results would be mixed with them; choose another --output")
        }
        return files
    }
}
