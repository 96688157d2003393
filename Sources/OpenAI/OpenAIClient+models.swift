package import Assistant
internal import JSON

extension OpenAIClient {
    /// The ids of the models that the server offers.
    package func models() async throws(EngineError) -> [String] {
        let answer = try await get("/models")
        return (answer.json["data"]?.array ?? []).compactMap { $0["id"]?.string }
    }
}
