extension ModelPrices {
    /// The most that a model call may cost, in US dollars: a token for each byte that is sent, and the longest answer
    /// that is asked for. Nil without a price or without a longest answer.
    package func most(for request: ChatRequest, model: String) -> Double? {
        guard let longest = request.maxOutputTokens else { return nil }
        return most(inputTokens: request.mostInputTokens, outputTokens: longest, model: model)
    }
}
