internal import Assistant

/// A model for what is too large for one call: the parts are summarised at the same time, and one more call gets the
/// summaries with the request. One part or none goes to the inner model as it is.
struct PartsModel: ChatModel {
    let inner: any ChatModel
    let parts: [String]
    let redact: @Sendable (String) -> String

    var name: String { inner.name }
    var maxResultTokens: Int { inner.maxResultTokens }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        guard parts.count > 1 else { return try await inner.respond(to: request, onText: onText) }
        let summaries = try await self.summaries()
        var joined = request
        let text = summaries.enumerated().map { index, summary in
            "<file name=\"summary of part \(index + 1) of \(parts.count)\">\n\(redact(summary.text ?? ""))\n</file>"
        }
        joined.messages.append(.user("The change is too large to be shown whole:\n\n" + text.joined(separator: "\n\n")))
        var response = try await inner.respond(to: joined, onText: onText)
        response.usage = summaries.map(\.usage).reduce(response.usage, +)
        return response
    }

    /// All of them, in order; the first failure ends the others.
    private func summaries() async throws(EngineError) -> [ChatResponse] {
        let inner = inner
        let requests = parts.enumerated().map { index, part in
            ChatRequest(
                messages: [
                    .system(DraftPrompt.partInstructions),
                    .user("Part \(index + 1) of \(parts.count):\n\n" + redact(part)),
                ], tools: [])
        }
        let results = await withTaskGroup(of: (Int, Result<ChatResponse, EngineError>).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask {
                    do throws(EngineError) {
                        return (index, .success(try await inner.respond(to: request) { _ in }))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results: [Int: Result<ChatResponse, EngineError>] = [:]
            var failure: EngineError?
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
