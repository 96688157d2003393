/// Header fields in order; names compare without case. Printing one hides the values of fields that carry
/// credentials.
package struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    package private(set) var fields: [Field]

    package init() { fields = [] }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of a field; setting replaces all values, nil removes them.
    package subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Joins a continuation line to the field before it.
    mutating func extendLast(with text: String) {
        guard let last = fields.popLast() else { return }
        fields.append(Field(name: last.name, value: last.value + text))
    }

    private static func same(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }
}
