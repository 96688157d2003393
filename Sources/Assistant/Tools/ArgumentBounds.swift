internal import JSON

/// What a value must keep to beyond its type.
package struct ArgumentBounds<Value: ArgumentValue>: Sendable {
    private let members: [String: JSON]

    private init(_ members: [String: JSON]) { self.members = members }

    /// A text is not empty; nothing else is bound.
    package static var usual: Self { Self(Value.self == String.self ? ["minLength": 1] : [:]) }

    func schema(_ meaning: String?) -> JSON {
        var schema = Value.schema.merging(members) { $1 }
        if let meaning { schema["description"] = .string(meaning) }
        return .object(schema)
    }
}

extension ArgumentBounds<String> {
    package static var mayBeEmpty: Self { Self([:]) }
}

extension ArgumentBounds<Int> {
    package static func within(_ range: ClosedRange<Int>) -> Self {
        Self(["minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
    }

    package static func atLeast(_ bound: Int) -> Self { Self(["minimum": .integer(bound)]) }
}
