package import Assistant
package import JSON
internal import Memory

/// A tool call of a run.
package struct CallView: Sendable {
    package let tool: String
    /// As the model wrote them.
    package let arguments: String
    package let state: ToolCallState
    package let effect: EffectClass?
    package let intent: JSON?
    package let output: String?
    /// What takes its effect back.
    package let undo: JSON?

    init(_ call: StoredToolCall) {
        tool = call.call.name
        arguments = call.call.arguments
        state = call.state
        effect = call.effect
        intent = call.intent
        output = call.output
        undo = call.undo
    }

    package var json: JSON {
        [
            "tool": .string(tool), "arguments": .string(arguments), "state": .string(state.rawValue),
            "effect": .optional(effect?.rawValue), "intent": intent ?? .null, "output": .optional(output),
            "undo": undo ?? .null,
        ]
    }
}
