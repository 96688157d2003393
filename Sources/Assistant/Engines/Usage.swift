/// Tokens that were paid for.
package struct Usage: Sendable, Hashable {
    package var inputTokens: Int
    /// The part of `inputTokens` that the server had in its cache.
    package var cachedInputTokens: Int
    /// The part of `inputTokens` that the server put into its cache: some models charge more for it.
    package var cacheWriteTokens: Int
    package var outputTokens: Int

    package init(
        inputTokens: Int = 0, cachedInputTokens: Int = 0, cacheWriteTokens: Int = 0, outputTokens: Int = 0
    ) {
        self.inputTokens = inputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cacheWriteTokens = cacheWriteTokens
        self.outputTokens = outputTokens
    }

    package var totalTokens: Int { inputTokens + outputTokens }

    package static func + (left: Usage, right: Usage) -> Usage {
        Usage(
            inputTokens: left.inputTokens + right.inputTokens,
            cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
            cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens,
            outputTokens: left.outputTokens + right.outputTokens)
    }
}
