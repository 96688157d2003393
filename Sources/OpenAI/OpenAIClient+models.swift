package import Assistant
internal import JSON

extension OpenAIClient {
    /// The ids of the models that the server offers, in its order.
    package func models() async throws(EngineError) -> [String] {
        let answer = try await get("/models")
        guard let entries = answer.json["data"]?.array else {
            throw failure.malformed("its list of models has no data", requestID: answer.requestID)
        }
        return entries.compactMap { $0["id"]?.string }
    }
}
