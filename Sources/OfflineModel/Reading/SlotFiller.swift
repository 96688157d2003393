/// Puts names into an example of the grammar.
enum SlotFiller {
    /// An example of the reading's kind of request, with what was said in its slots.
    static func sentence(for reading: Reading) -> String {
        let values = reading.slots.compactMapValues { $0.text ?? $0.number.map(String.init) }
        let filled = reading.intent.examples.max { left, right in
            slots(of: left).count { values[$0] != nil } < slots(of: right).count { values[$0] != nil }
        }
        return fill(filled ?? reading.intent.title) { values[$0] ?? "…" }
    }

    static func slots(of example: String) -> [String] {
        example.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) }
    }

    static func fill(_ example: String, _ value: (String) -> String) -> String {
        var filled = ""
        var rest = example[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            filled += value(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}
