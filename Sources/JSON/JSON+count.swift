extension JSON {
    /// More than anybody counts of anything: a million million. So many thousand of them can be added up.
    package static let mostCounted = 1_000_000_000_000

    /// How many of something: never less than nothing, never more than ``mostCounted``, whatever was written. A part
    /// counts as a whole one. Nil for what is no number.
    package var count: Int? {
        switch self {
        case .integer(let value): min(max(0, value), Self.mostCounted)
        case .number(let value): Int(min(max(0, value.rounded(.up)), Double(Self.mostCounted)))
        default: nil
        }
    }
}
