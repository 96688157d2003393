internal import Store
package import Assistant
internal import Memory

/// `memory_search`: what earlier sessions asked and answered.
package struct MemorySearch: ReadingTool {
    package static let query = Parameter<String>("query", "What to look for.")
    package static let limit = Parameter("limit", default: 8, .within(1...50)) { "Most messages, \($0) by default." }
    package static let everywhere = Parameter("everywhere", "Also about other repositories.", default: false)

    package static let declaration = ToolDeclaration(
        reading: "memory_search", "Finds earlier requests and answers by meaning and by words.",
        families: [.memory], parameters: [query, limit, everywhere])

    let store: MemoryStore
    let repository: String?

    package func read(_ arguments: Arguments) async throws(ToolError) -> FoundMessages {
        // The request that is being answered is stored already; it is not what was asked before.
        let current = CurrentCall.value?.root
        let limit = arguments[Self.limit]
        do throws(StoreError) {
            let hits = try await store.search(
                arguments[Self.query], limit: limit + 1, repository: arguments[Self.everywhere] ? nil : repository)
            return FoundMessages(hits.filter { $0.message.run != current }.prefix(limit))
        } catch {
            throw ToolError(error.kind == .cancelled ? .cancelled : .failed, error.message)
        }
    }
}
