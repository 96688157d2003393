extension JSON {
    /// Null where there is none.
    package static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// Null where there is none.
    package static func optional(_ number: Int?) -> JSON { number.map(JSON.integer) ?? .null }

    /// Null where there is none.
    package static func optional(_ number: Double?) -> JSON { number.map(JSON.number) ?? .null }
}
