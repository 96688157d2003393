extension RunLoop {
    /// Has every part of the request summarised: the first steps of the run. Nothing is asked unless the limits leave
    /// room for all of them and for the request itself; the first failure ends the others.
    func summaries(of parts: RequestParts) async throws(RunFailure) -> (message: ChatMessage, usage: Usage) {
        let budget = executor.context.budget
        if let limit = budget.reachedLimit(steps: parts.texts.count + 1) { throw .limit(limit) }
        let requests = parts.requests
        try await reserveMoney(for: requests)
        let responses = try await all(requests)
        if let limit = budget.reachedLimit() { throw .limit(limit) }
        let summaries = responses.map { executor.redact($0.text ?? "") }
        return (parts.message(with: summaries), responses.map(\.usage).reduce(Usage(), +))
    }

    private func all(_ requests: [ChatRequest]) async throws(RunFailure) -> [ChatResponse] {
        let results = await withTaskGroup(of: (Int, Result<ChatResponse, RunFailure>).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask {
                    do throws(RunFailure) {
                        return (index, .success(try await call(request, step: index, isHeard: false)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results: [Int: Result<ChatResponse, RunFailure>] = [:]
            var failure: RunFailure?
            for await (index, result) in group {
                results[index] = result
                if case .failure(let error) = result, failure == nil {
                    failure = error
                    group.cancelAll()
                }
            }
            return failure.map { [.failure($0)] } ?? requests.indices.compactMap { results[$0] }
        }
        var responses: [ChatResponse] = []
        for result in results { responses.append(try result.get()) }
        return responses
    }
}
