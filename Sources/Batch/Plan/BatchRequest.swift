/// What a person or a client asks of a batch that is to be run, as it was given.
package struct BatchRequest: Sendable, Hashable {
    /// A folder, a file of lines, or `-` for lines on standard input.
    package var path: String
    /// What the batch is known by; the path otherwise.
    package var name: String?
    /// Patterns of files of a folder.
    package var include: [String] = []
    package var exclude: [String] = []
    /// Where results are written; beside the input otherwise.
    package var output: String?
    /// Results are written nowhere, and stay in the store.
    package var writesNothing = false

    /// The configured one otherwise.
    package var model: String?
    package var agent: String?
    package var usesTools = true
    /// Paths of policy files; the first is that of items which choose none.
    package var policies: [String] = []
    /// Repositories elsewhere that prompts may ask about; those below the batch's own place need no word.
    package var repositories: [String] = []
    /// Of recordings: en, es, ….
    package var language: String?
    /// How often an item is tried whose endpoint fails.
    package var attempts = 4
    /// Of the work of one attempt at an item, in seconds; the configured one otherwise.
    package var deadline: Int?
    /// The longest answer of a model call, in tokens.
    package var answerTokens: Int?
    /// Through the endpoint's Batch API, without tools.
    package var usesBatchAPI = false

    /// Items in flight at most, over all workers.
    package var concurrency: Int?
    package var requestsPerMinute: Int?
    package var tokensPerMinute: Int?
    /// In US dollars, counted over all runs of the batch.
    package var maxCost: Double?

    package init(path: String) { self.path = path }
}
