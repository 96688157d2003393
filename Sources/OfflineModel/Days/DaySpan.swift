internal import FoundationEssentials

/// Whole days.
struct DaySpan: Sendable, Hashable {
    let start: Date
    /// The first moment that is no longer in it.
    let end: Date

    var isOneDay: Bool { end.timeIntervalSince(start) < 90_000 }

    /// The last second of it.
    var last: Date { end.addingTimeInterval(-1) }
}
