internal import Assistant
internal import FoundationEssentials
internal import JSON

/// The last request of a conversation and what its calls gave so far.
struct OfflineTurn: Sendable {
    struct Output: Sendable {
        let tool: String
        let text: String

        /// Nil when the tool failed or its result was cut.
        var json: JSON? { try? JSON(parsing: text) }
    }

    let text: String
    let outputs: [Output]

    init(_ messages: [ChatMessage]) {
        var text = ""
        var names: [String: String] = [:]
        var outputs: [Output] = []
        for message in messages {
            switch message {
            case .user(let words):
                text = words
                outputs = []
            case .assistant(_, let calls, _):
                for call in calls { names[call.id] = call.name }
            case .tool(let id, let content):
                outputs.append(Output(tool: names[id] ?? "", text: content))
            case .system: break
            }
        }
        // Attached files come behind the request and are not part of it.
        self.text = text.firstRange(of: "\n\n<file name=").map { String(text[..<$0.lowerBound]) } ?? text
        self.outputs = outputs
    }

    /// The result of a tool, when it was called and gave one.
    func result<Called: DeclaredTool>(of tool: Called.Type) -> Called.Output? {
        outputs.last { $0.tool == tool.declaration.name }?.json.flatMap(Called.Output.init(json:))
    }

    /// The results of each call of a tool, in order.
    func results<Called: DeclaredTool>(of tool: Called.Type) -> [Called.Output] {
        outputs.filter { $0.tool == tool.declaration.name }.compactMap { $0.json.flatMap(Called.Output.init(json:)) }
    }

    func called(_ tool: any DeclaredTool.Type) -> Bool { outputs.contains { $0.tool == tool.declaration.name } }
}
