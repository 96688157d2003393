internal import Assistant
internal import FoundationEssentials
internal import JSON
internal import Memory

/// The tool that finds what earlier sessions asked and answered.
struct MemorySearchTool: Sendable {
    let store: MemoryStore
    let repository: String?

    var tool: any Tool {
        DefinedTool(
            reading: "memory_search", "Finds earlier requests and answers by meaning and by words.",
            [
                .text("query", "What to look for."), .count("limit", "Most messages, 8 by default.", 1...50),
                .flag("everywhere", "Also about other repositories."),
            ]
        ) { arguments throws(ToolError) in
            let everywhere = arguments["everywhere"]?.bool ?? false
            let hits: [SearchHit]
            do throws(JournalError) {
                // The request that is being answered is stored already; it is not what was asked before.
                let current = CurrentCall.value?.root
                let limit = arguments["limit"]?.integer ?? 8
                hits = try await store.search(
                    arguments["query"]?.string ?? "", limit: limit + 1, repository: everywhere ? nil : repository
                ).filter { $0.message.run != current }.prefix(limit).map(\.self)
            } catch {
                throw ToolError(error.kind == .cancelled ? .cancelled : .failed, error.message)
            }
            let messages = hits.map { hit -> JSON in
                [
                    "date": .string(hit.message.createdAt.formatted(.iso8601)),
                    "role": .string(hit.message.role.rawValue),
                    "run": .string(hit.message.run.description), "session": .string(hit.message.sessionKey),
                    "content": .string(String(hit.message.content.prefix(2000))),
                ]
            }
            return ["messages": .array(messages)]
        }
    }
}
