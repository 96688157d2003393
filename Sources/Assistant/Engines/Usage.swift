/// Tokens that were paid for. Each number is within 0...``most``, whatever a server said: sums of any of them hold.
package struct Usage: Sendable, Hashable {
    /// More than all that a run or a batch was ever paid for.
    package static let most = 1_000_000_000_000

    package let inputTokens: Int
    /// The part of `inputTokens` that the server had in its cache.
    package let cachedInputTokens: Int
    /// The part of `inputTokens` that the server put into its cache: some models charge more for it.
    package let cacheWriteTokens: Int
    package let outputTokens: Int

    package init(
        inputTokens: Int = 0, cachedInputTokens: Int = 0, cacheWriteTokens: Int = 0, outputTokens: Int = 0
    ) {
        self.inputTokens = Self.kept(inputTokens)
        self.cachedInputTokens = Self.kept(cachedInputTokens)
        self.cacheWriteTokens = Self.kept(cacheWriteTokens)
        self.outputTokens = Self.kept(outputTokens)
    }

    private static func kept(_ tokens: Int) -> Int { min(max(0, tokens), most) }

    package var totalTokens: Int { inputTokens + outputTokens }

    package static func + (left: Usage, right: Usage) -> Usage {
        Usage(
            inputTokens: left.inputTokens + right.inputTokens,
            cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
            cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens,
            outputTokens: left.outputTokens + right.outputTokens)
    }
}
