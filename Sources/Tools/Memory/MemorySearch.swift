internal import Store
package import Assistant
internal import Memory

/// `memory_search`: what earlier sessions asked and answered.
package struct MemorySearch: ReadingTool {
    package static let query = Parameter<String>("query", "What to look for.")
    package static let limit = Parameter("limit", default: 8, .within(1...50)) { "Most messages, \($0) by default." }

    package static let declaration = ToolDeclaration(
        reading: "memory_search", "Finds earlier requests and answers by meaning and by words.",
        families: [.memory], parameters: [query, limit])

    let store: MemoryStore
    let repository: String?
    /// The person wants other repositories looked at, too. No model and no text can want it.
    let searchesEverywhere: Bool

    package func read(_ arguments: Arguments) async throws(ToolError) -> FoundMessages {
        // The request that is being answered is stored already; it is not what was asked before.
        let current = CurrentCall.value?.root
        let limit = arguments[Self.limit]
        do throws(StoreError) {
            let query = arguments[Self.query]
            let hits =
                searchesEverywhere
                ? try await store.search(query, limit: limit + 1)
                : try await store.search(query, limit: limit + 1, only: repository)
            return FoundMessages(hits.filter { $0.message.run != current }.prefix(limit))
        } catch {
            throw ToolError(error.kind == .cancelled ? .cancelled : .failed, error.message)
        }
    }
}
