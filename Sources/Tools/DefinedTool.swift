internal import Assistant
internal import JSON

/// A tool made of its description and one function.
struct DefinedTool: Tool {
    let description: ToolDescription
    let effect: EffectClass
    let recovery: RecoveryClass
    private let preparation: @Sendable (JSON) async throws(ToolError) -> PreparedCall

    init(
        _ name: String, _ summary: String, _ parameters: [Parameter], effect: EffectClass, recovery: RecoveryClass,
        prepare: @escaping @Sendable (JSON) async throws(ToolError) -> PreparedCall
    ) {
        description = ToolDescription(name: name, summary: summary, parameters: Parameter.schema(of: parameters))
        self.effect = effect
        self.recovery = recovery
        preparation = prepare
    }

    /// A tool that only reads: nothing to check beforehand, the arguments are the intent.
    init(
        reading name: String, _ summary: String, _ parameters: [Parameter],
        read: @escaping @Sendable (JSON) async throws(ToolError) -> JSON
    ) {
        self.init(name, summary, parameters, effect: .readLocal, recovery: .read) { arguments throws(ToolError) in
            PreparedCall(intent: arguments) { () async throws(ToolError) in ToolResult(try await read(arguments)) }
        }
    }

    func prepare(_ arguments: JSON) async throws(ToolError) -> PreparedCall { try await preparation(arguments) }
}

/// One parameter of a tool.
struct Parameter: Sendable {
    let name: String
    let schema: JSON
    let isRequired: Bool

    static func text(_ name: String, _ meaning: String, required: Bool = true, mayBeEmpty: Bool = false) -> Parameter {
        var schema: [String: JSON] = ["type": "string", "description": .string(meaning)]
        if !mayBeEmpty { schema["minLength"] = 1 }
        return Parameter(name: name, schema: .object(schema), isRequired: required)
    }

    static func count(_ name: String, _ meaning: String, _ range: ClosedRange<Int>) -> Parameter {
        let schema: JSON = [
            "type": "integer", "description": .string(meaning), "minimum": .integer(range.lowerBound),
            "maximum": .integer(range.upperBound),
        ]
        return Parameter(name: name, schema: schema, isRequired: false)
    }

    static func flag(_ name: String, _ meaning: String) -> Parameter {
        Parameter(name: name, schema: ["type": "boolean", "description": .string(meaning)], isRequired: false)
    }

    static func texts(_ name: String, _ meaning: String) -> Parameter {
        let schema: JSON = [
            "type": "array", "description": .string(meaning), "maxItems": 1000,
            "items": ["type": "string", "minLength": 1],
        ]
        return Parameter(name: name, schema: schema, isRequired: false)
    }

    static func schema(of parameters: [Parameter]) -> JSON {
        let properties = Dictionary(parameters.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })
        let required = parameters.filter(\.isRequired).map { JSON.string($0.name) }
        return ["type": "object", "properties": .object(properties), "required": .array(required)]
    }
}
