package import JSON

/// A parameter of a tool, declared once: its name and meaning, its type, bounds and default. The schema that models
/// see follows from it, and ``Arguments`` reads the value with it.
///
/// `Parameter<Int>` has a value in every call, given or by default; `Parameter<Int?>` may be left out. The meaning is
/// told to models, where the name does not say it all.
package struct Parameter<Value: Sendable>: ToolParameter {
    package let name: String
    package let schema: JSON
    package let isRequired: Bool
    /// The value of an argument, which is nil where none was given; nil when it is not of this parameter.
    let value: @Sendable (_ argument: JSON?) -> Value?
    /// Nil for a value that says nothing.
    let argument: @Sendable (Value) -> JSON?
}

extension Parameter where Value: ArgumentValue {
    /// One that every call gives.
    package init(_ name: String, _ meaning: String? = nil, _ bounds: ArgumentBounds<Value> = .usual) {
        self.init(
            name: name, schema: bounds.schema(meaning), isRequired: true,
            value: { $0.flatMap(Value.init(argument:)) }, argument: { $0.argument })
    }

    /// One that has a value of its own where a call gives none.
    package init(
        _ name: String, _ meaning: String? = nil, default absent: Value, _ bounds: ArgumentBounds<Value> = .usual
    ) {
        self.init(
            name: name, schema: bounds.schema(meaning), isRequired: false,
            value: { $0.map(Value.init(argument:)) ?? absent }, argument: { $0.argument })
    }

    /// One whose meaning names its default.
    package init(
        _ name: String, default absent: Value, _ bounds: ArgumentBounds<Value> = .usual, meaning: (Value) -> String
    ) {
        self.init(name, meaning(absent), default: absent, bounds)
    }
}

extension Parameter {
    /// One that calls may leave out.
    package init<Given: ArgumentValue>(
        _ name: String, _ meaning: String? = nil, _ bounds: ArgumentBounds<Given> = .usual
    ) where Value == Given? {
        self.init(
            name: name, schema: bounds.schema(meaning), isRequired: false,
            value: { $0.map(Given.init(argument:)) ?? .some(nil) }, argument: { $0?.argument })
    }

    /// This parameter with a value, for a call.
    package func set(_ value: Value) -> GivenArgument { GivenArgument(name: name, value: argument(value)) }
}
