internal import JSON

/// All that is known of a tool before it is used.
package struct ToolDeclaration: Sendable {
    /// What a model is told of it; the schema is that of the parameters.
    package let description: ToolDescription
    package let families: Set<ToolFamily>
    package let effect: EffectClass
    package let recovery: RecoveryClass
    /// What takes a call back; nil where it changes nothing.
    package let undo: UndoKind?

    package init(
        _ name: String, _ summary: String, families: Set<ToolFamily>, effect: EffectClass, recovery: RecoveryClass,
        undo: UndoKind? = nil, parameters: [any ToolParameter] = []
    ) {
        description = ToolDescription(name: name, summary: summary, parameters: Self.schema(of: parameters))
        self.families = families
        self.effect = effect
        self.recovery = recovery
        self.undo = undo
    }

    /// Of a tool that only looks at what is here.
    package init(
        reading name: String, _ summary: String, families: Set<ToolFamily>, parameters: [any ToolParameter] = []
    ) {
        self.init(name, summary, families: families, effect: .readLocal, recovery: .read, parameters: parameters)
    }

    package var name: String { description.name }

    private static func schema(of parameters: [any ToolParameter]) -> JSON {
        let properties = Dictionary(parameters.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })
        let required = parameters.filter(\.isRequired).map { JSON.string($0.name) }
        return ["type": "object", "properties": .object(properties), "required": .array(required)]
    }
}
