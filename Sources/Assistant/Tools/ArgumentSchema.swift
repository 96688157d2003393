package import JSON

/// Holds a call's arguments against the part of JSON Schema that tool descriptions use: object, array, string,
/// integer, number, boolean; required, enum, minimum, maximum, minLength, maxLength, maxItems, items. Members
/// that the schema does not name are refused.
package struct ArgumentSchema: Sendable {
    private let schema: JSON

    package init(_ schema: JSON) {
        self.schema = schema
    }

    /// Everything that is wrong, in words for the model; empty when the arguments pass.
    package func violations(in arguments: JSON) -> [String] {
        Self.violations(of: schema, in: arguments, at: "arguments")
    }

    /// The arguments without the optional ones that are null: models write so what they leave out.
    package func leavingOutNulls(_ arguments: JSON) -> JSON { Self.leavingOutNulls(arguments, schema) }

    private static func leavingOutNulls(_ value: JSON, _ schema: JSON) -> JSON {
        switch value {
        case .object(let members):
            let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
            var kept: [String: JSON] = [:]
            for (name, member) in members {
                guard let property = schema["properties"]?[name] else {
                    kept[name] = member
                    continue
                }
                if required.contains(name) || !saysNothing(member, property) {
                    kept[name] = leavingOutNulls(member, property)
                }
            }
            return .object(kept)
        case .array(let elements): return .array(elements.map { leavingOutNulls($0, schema["items"] ?? nil) })
        case .null, .bool, .integer, .number, .string: return value
        }
    }

    /// Null, and an empty text where no text may stand.
    private static func saysNothing(_ member: JSON, _ schema: JSON) -> Bool {
        if member.isNull { return true }
        guard let text = member.string, let type = schema["type"]?.string, type != "string" else { return false }
        return text.isEmpty || text == "null"
    }

    /// What is valid, in one line: `path (string), limit (integer, optional)`.
    package var summary: String {
        let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
        let members = (schema["properties"]?.object ?? [:]).sorted { $0.key < $1.key }
        guard !members.isEmpty else { return "no arguments" }
        return members.map { name, member in
            let choices = member["enum"]?.array?.compactMap(\.string).joined(separator: "|")
            let type = choices ?? member["type"]?.string ?? "any"
            return "\(name) (\(type)\(required.contains(name) ? "" : ", optional"))"
        }.joined(separator: ", ")
    }

    private static func violations(of schema: JSON, in value: JSON, at place: String) -> [String] {
        if let type = schema["type"]?.string, !hasType(type, value) {
            return ["\(place) must be \(article(type)) \(type), not \(article(value.typeName)) \(value.typeName)"]
        }
        if let choices = schema["enum"]?.array, !choices.contains(value) {
            return ["\(place) must be one of \(choices.map(\.description).joined(separator: ", "))"]
        }
        switch value {
        case .object(let members): return violations(of: schema, in: members, at: place)
        case .array(let elements): return violations(of: schema, in: elements, at: place)
        case .string(let text): return violations(of: schema, in: text, at: place)
        case .integer, .number: return violations(of: schema, inNumber: value.number ?? 0, at: place)
        case .null, .bool: return []
        }
    }

    private static func violations(of schema: JSON, in members: [String: JSON], at place: String) -> [String] {
        let properties = schema["properties"]?.object ?? [:]
        let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter { members[$0] == nil }
        var found = missing.map { "\(place) lacks \"\($0)\"" }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            guard let property = properties[name] else {
                let known = properties.keys.sorted().joined(separator: ", ")
                found.append("\(place) has an unknown member \"\(name)\"; known are: \(known)")
                continue
            }
            found += violations(of: property, in: member, at: "\(place).\(name)")
        }
        return found
    }

    private static func violations(of schema: JSON, in elements: [JSON], at place: String) -> [String] {
        var found: [String] = []
        if let most = schema["maxItems"]?.integer, elements.count > most {
            found.append("\(place) has \(elements.count) elements; at most \(most) are allowed")
        }
        if let item = schema["items"] {
            for (index, element) in elements.enumerated() {
                found += violations(of: item, in: element, at: "\(place)[\(index)]")
            }
        }
        return found
    }

    private static func violations(of schema: JSON, in text: String, at place: String) -> [String] {
        if let least = schema["minLength"]?.integer, text.count < least { return ["\(place) must not be empty"] }
        if let most = schema["maxLength"]?.integer, text.count > most {
            return ["\(place) has \(text.count) characters; at most \(most) are allowed"]
        }
        return []
    }

    private static func violations(of schema: JSON, inNumber number: Double, at place: String) -> [String] {
        if let least = schema["minimum"]?.number, number < least {
            return ["\(place) must be at least \(schema["minimum"] ?? 0)"]
        }
        if let most = schema["maximum"]?.number, number > most {
            return ["\(place) must be at most \(schema["maximum"] ?? 0)"]
        }
        return []
    }

    private static func hasType(_ type: String, _ value: JSON) -> Bool {
        switch type {
        case "integer": value.integer != nil
        case "number": value.number != nil
        default: value.typeName == type
        }
    }

    private static func article(_ type: String) -> String { "aeio".contains(type.prefix(1)) ? "an" : "a" }
}
