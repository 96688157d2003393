package import JSON

/// A type that a call's arguments may have.
package protocol ArgumentValue: Sendable {
    /// Its part of a schema.
    static var schema: [String: JSON] { get }

    /// Nil for JSON of another type.
    init?(argument: JSON)
    var argument: JSON { get }
}

extension String: ArgumentValue {
    package static var schema: [String: JSON] { ["type": "string"] }

    package init?(argument: JSON) {
        guard let text = argument.string else { return nil }
        self = text
    }

    package var argument: JSON { .string(self) }
}

extension Int: ArgumentValue {
    package static var schema: [String: JSON] { ["type": "integer"] }

    package init?(argument: JSON) {
        guard let number = argument.integer else { return nil }
        self = number
    }

    package var argument: JSON { .integer(self) }
}

extension Bool: ArgumentValue {
    package static var schema: [String: JSON] { ["type": "boolean"] }

    package init?(argument: JSON) {
        guard let flag = argument.bool else { return nil }
        self = flag
    }

    package var argument: JSON { .bool(self) }
}

/// Not more than a thousand texts, none of them empty.
extension [String]: ArgumentValue {
    package static var schema: [String: JSON] {
        ["type": "array", "maxItems": 1000, "items": ["type": "string", "minLength": 1]]
    }

    package init?(argument: JSON) {
        guard let texts = argument.array?.compactMap(\.string) else { return nil }
        self = texts
    }

    package var argument: JSON { .array(map(JSON.string)) }
}
