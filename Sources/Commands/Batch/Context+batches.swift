internal import Application
internal import Assistant
internal import BatchQueue
internal import Files
internal import FoundationEssentials

extension Context {
    /// The batch that a person means: by its name, by the path of its prompts, or by the beginning of its id.
    func batch(_ text: String, in batches: BatchStore) async throws -> BatchStatus {
        guard !text.isEmpty else { throw Failure(.usage, "the name of the batch is empty") }
        if let found = try await batches.find(text) { return found }
        let path = absolute(text)
        if let found = try await batches.find(path) { return found }
        if let resolved = try? FileSystem.realPath(path), let found = try await batches.find(resolved) { return found }
        throw Failure(
            .noInput, "there is no batch \(text), or several begin so; `vocero batch status` lists them")
    }

    /// The same; without a text the batch that changed last and passes `isMeant`.
    func batch(
        _ text: String?, in batches: BatchStore, where isMeant: (BatchStatus) -> Bool
    ) async throws -> BatchStatus? {
        if let text { return try await batch(text, in: batches) }
        return try await batches.all(limit: 1_000).first(where: isMeant)
    }
}
