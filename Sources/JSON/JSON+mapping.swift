extension JSON {
    /// The same value with every string that is not a key replaced.
    package func mappingStrings(_ replace: (String) -> String) -> JSON {
        switch self {
        case .string(let text): .string(replace(text))
        case .array(let elements): .array(elements.map { $0.mappingStrings(replace) })
        case .object(let members): .object(members.mapValues { $0.mappingStrings(replace) })
        case .null, .bool, .integer, .number: self
        }
    }

    /// A text as `replace` gives it. Where the text is an object or a list, so is each string in it, before it was
    /// written as JSON: escapes break lines up, and a rule that knows lines would pass them over.
    package static func replacing(inText text: String, _ replace: (String) -> String) -> String {
        guard let first = text.utf8.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            let json = try? JSON(parsing: text)
        else { return replace(text) }
        let replaced = json.mappingStrings(replace)
        return replace(replaced == json ? text : replaced.description)
    }
}
