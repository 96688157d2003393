internal import Assistant
internal import FoundationEssentials

/// Parameters that several git tools have.
enum GitParameters {
    static let path = Parameter<String?>("path", "Only this file or directory.")
    static let since = Parameter<String?>("since", "ISO 8601 time or day; committed then or later.")
    static let until = Parameter<String?>("until", "ISO 8601 time or day; committed then or earlier.")

    /// A time as ISO 8601, or a day.
    static func date(_ text: String?) throws(ToolError) -> Date? {
        guard let text else { return nil }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let day = try? Date("\(text)T00:00:00Z", strategy: .iso8601) { return day }
        throw ToolError(.invalidArguments, "\(text) is no time; write 2026-01-31 or 2026-01-31T12:00:00Z")
    }
}
