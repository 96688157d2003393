import Foundation
package import JSON

/// Holds a value against the definitions of `docs/json.schema.json`, as far as that file uses JSON Schema: types,
/// members, items, enumerations, patterns, references and alternatives.
package struct SchemaCheck {
    private let definitions: JSON

    package init(file: String) throws {
        definitions = try JSON(parsing: String(contentsOfFile: file, encoding: .utf8))["$defs"] ?? .null
    }

    /// What does not fit, each with its place; empty when all does.
    package func faults(of value: JSON, as definition: String) -> [String] {
        guard let schema = definitions[definition] else { return ["there is no definition \(definition)"] }
        return faults(value, schema, definition)
    }

    private func faults(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        if let reference = schema["$ref"]?.string {
            return faults(value, definitions[String(reference.dropFirst("#/$defs/".count))] ?? .null, place)
        }
        if let alternatives = schema["anyOf"]?.array {
            let all = alternatives.map { faults(value, $0, place) }
            return all.contains([]) ? [] : ["\(place): fits none of \(all.count) alternatives: \(value)"]
        }
        let types = schema["type"].map { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] }
        if let types, !types.contains(where: { Self.isOf($0, value) }) {
            return ["\(place): \(value) is not \(types.joined(separator: " or "))"]
        }
        if let known = schema["enum"]?.array, !known.contains(value) { return ["\(place): \(value) is not known"] }
        if let pattern = schema["pattern"]?.string, let text = value.string,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            return ["\(place): \(text) does not match \(pattern)"]
        }
        return members(value, schema, place) + items(value, schema, place)
    }

    private func members(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let members = value.object else { return [] }
        let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter { members[$0] == nil }
        var found = missing.map { "\(place): \($0) is missing" }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            let inside = "\(place).\(name)"
            if let known = schema["properties"]?[name] ?? schema["additionalProperties"], known.object != nil {
                found += faults(member, known, inside)
            } else if schema["additionalProperties"] == .bool(false) {
                found.append("\(inside) is not described")
            }
        }
        return found
    }

    private func items(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let items = value.array, let each = schema["items"] else { return [] }
        return items.enumerated().flatMap { faults($1, each, "\(place)[\($0)]") }
    }

    private static func isOf(_ type: String, _ value: JSON) -> Bool {
        switch type {
        case "null": value == .null
        case "string": value.string != nil
        case "integer": value.integer != nil
        case "number": value.number != nil
        case "boolean": value.bool != nil
        case "array": value.array != nil
        case "object": value.object != nil
        default: false
        }
    }
}
