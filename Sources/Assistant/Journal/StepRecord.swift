package import FoundationEssentials

/// One model call and its response.
package struct StepRecord: Sendable, Hashable {
    package var run: RunID
    /// From 0 within the run.
    package var index: Int
    package var request: ChatRequest
    package var response: ChatResponse
    package var costInUSD: Double?
    package var startedAt: Date
    package var endedAt: Date

    package init(
        run: RunID, index: Int, request: ChatRequest, response: ChatResponse, costInUSD: Double?, startedAt: Date,
        endedAt: Date
    ) {
        self.run = run
        self.index = index
        self.request = request
        self.response = response
        self.costInUSD = costInUSD
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}
