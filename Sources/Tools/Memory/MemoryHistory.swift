package import Assistant
internal import Memory
internal import Store

/// `memory_history`: the last requests, newest first.
package struct MemoryHistory: ReadingTool {
    package static let limit = Parameter("limit", default: 10, .within(1...200)) { "Most requests, \($0) by default." }

    package static let declaration = ToolDeclaration(
        reading: "memory_history", "Lists the latest requests about this repository, newest first.",
        families: [.memory], parameters: [limit])

    let store: MemoryStore
    let repository: String?

    package func read(_ arguments: Arguments) async throws(ToolError) -> FoundMessages {
        // The request that is being answered is stored already; it is not what was asked before.
        let current = CurrentCall.value?.root
        let limit = arguments[Self.limit]
        do throws(StoreError) {
            // A request, its answer, and the one that is being answered.
            let messages = try await store.history(HistoryFilter(repository: repository, limit: 2 * limit + 2))
            let asked = messages.reversed().filter { $0.role == .user && $0.run != current }
            return FoundMessages(messages: asked.prefix(limit).map(FoundMessages.Message.init))
        } catch {
            throw ToolError(error.kind == .cancelled ? .cancelled : .failed, error.message)
        }
    }
}
