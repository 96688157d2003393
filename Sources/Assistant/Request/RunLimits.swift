/// Hard limits of a run and all its child runs together.
package struct RunLimits: Sendable, Hashable {
    package var maxSteps: Int
    package var maxToolCalls: Int
    package var maxTokens: Int
    package var maxCostInUSD: Double?
    package var maxWallTime: Duration
    /// The budget of the remembered context, in tokens; with 0 nothing is looked for.
    package var maxContextTokens: Int
    /// The longest answer that is asked for, in tokens; nil leaves it to the endpoint.
    package var maxOutputTokens: Int?

    package init(
        maxSteps: Int = 20, maxToolCalls: Int = 50, maxTokens: Int = 200_000, maxCostInUSD: Double? = nil,
        maxWallTime: Duration = .seconds(600), maxContextTokens: Int = 4_000, maxOutputTokens: Int? = nil
    ) {
        self.maxSteps = maxSteps
        self.maxToolCalls = maxToolCalls
        self.maxTokens = maxTokens
        self.maxCostInUSD = maxCostInUSD
        self.maxWallTime = maxWallTime
        self.maxContextTokens = maxContextTokens
        self.maxOutputTokens = maxOutputTokens
    }
}
