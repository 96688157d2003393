package import JSON

/// What a call gives, or a part of that, as a value. Models see its JSON, and who reads a result reads it from there.
package protocol ToolOutput: Sendable, Hashable {
    var json: JSON { get }

    /// Nil for what ``json`` did not write.
    init?(json: JSON)
}

extension Array: ToolOutput where Element: ToolOutput {
    package var json: JSON { .array(map(\.json)) }

    package init?(json: JSON) {
        guard let members = json.array else { return nil }
        self.init()
        for member in members {
            guard let element = Element(json: member) else { return nil }
            append(element)
        }
    }
}

extension String: ToolOutput {
    package var json: JSON { .string(self) }

    package init?(json: JSON) {
        guard let text = json.string else { return nil }
        self = text
    }
}
