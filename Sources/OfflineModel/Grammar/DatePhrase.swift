internal import FoundationEssentials

/// A span of days that a request names: `since Monday`, `in the last 3 days`, `ayer`, `2026-01-31`.
struct DatePhrase: Sendable, Hashable {
    /// First moment, ISO 8601 in UTC.
    var since: String?
    /// Last moment, ISO 8601 in UTC.
    var until: String?

    private static let days = [
        ["sunday", "domingo"], ["monday", "lunes"], ["tuesday", "martes"], ["wednesday", "miercoles"],
        ["thursday", "jueves"], ["friday", "viernes"], ["saturday", "sabado"],
    ]
    private static let units: [String: Int] = [
        "day": 1, "days": 1, "dia": 1, "dias": 1, "week": 7, "weeks": 7, "semana": 7, "semanas": 7, "month": 30,
        "months": 30, "mes": 30, "meses": 30, "year": 365, "years": 365, "ano": 365, "anos": 365,
    ]

    /// Nil when the request names no day.
    init?(in words: RequestWords, now: Date = .now) {
        let calendar = Calendar(identifier: .gregorian)
        let today = calendar.startOfDay(for: now)
        func day(_ back: Int) -> Date { calendar.date(byAdding: .day, value: -back, to: today) ?? today }

        if let written = Self.writtenDay(in: words) {
            since = Self.text(written)
        } else if words.has("yesterday", "ayer") {
            since = Self.text(day(1))
            if !words.has("since", "desde") { until = Self.text(today) }
        } else if words.has("today", "hoy") {
            since = Self.text(today)
        } else if let name = Self.weekday(in: words) {
            let back = (calendar.component(.weekday, from: now) - 1 - name + 7) % 7
            since = Self.text(day(back == 0 ? 7 : back))
        } else if let back = Self.span(in: words) {
            since = Self.text(day(back))
        } else {
            return nil
        }
    }

    private static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    private static func writtenDay(in words: RequestWords) -> Date? {
        for word in words.plain where word.count == 10 {
            if let date = try? Date("\(word)T00:00:00Z", strategy: .iso8601) { return date }
        }
        return nil
    }

    private static func weekday(in words: RequestWords) -> Int? {
        days.firstIndex { names in words.has(Set(names)) }
    }

    /// Days back for `last 3 days`, `this week`, `la semana pasada`, `3 days ago`.
    private static func span(in words: RequestWords) -> Int? {
        for (index, word) in words.plain.enumerated() {
            guard let length = units[word] else { continue }
            let near = words.plain[max(0, index - 3)..<min(words.words.count, index + 2)]
            if let count = near.compactMap(NumberWords.value(of:)).first, count > 0 { return count * length }
            let marks: Set<String> = ["last", "this", "past", "esta", "este", "ultima", "ultimo", "pasada", "pasado"]
            if near.contains(where: marks.contains) { return length }
        }
        return nil
    }
}
