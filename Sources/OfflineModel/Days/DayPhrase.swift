internal import FoundationEssentials

/// What a request says of days, as the grammar's `{date}` takes it apart.
struct DayPhrase: Sendable, Hashable {
    /// `day`, `weekday`, `month`, `this`, `previous`, `last`, `ago`, `unit`, … -> what was said.
    var fields: [String: SlotConstant]
    /// `2026-01-31`, where it was written so.
    var written: String?

    private func number(_ name: String) -> Int? {
        guard case .number(let number) = fields[name] else { return nil }
        return number
    }

    private func text(_ name: String) -> String? {
        guard case .text(let text) = fields[name] else { return nil }
        return text
    }

    /// Nil for what is no day, such as the 31st of February.
    func span(now: Date, in calendar: UserCalendar) -> DaySpan? {
        let today = calendar.day(of: now)
        if let written { return Self.written(written, calendar) }
        if let day = number("day") { return span(from: calendar.day(today, plus: day), days: 1, calendar) }
        if let weekday = number("weekday") {
            // The last one: who says it on that day means a week ago.
            let back = (today.weekday - weekday + 6) % 7 + 1
            return span(from: calendar.day(today, plus: -back), days: 1, calendar)
        }
        if let unit = text("this") { return period(unit, back: 0, today, calendar) }
        if let unit = text("previous") { return period(unit, back: 1, today, calendar) }
        if let count = number("last"), let unit = text("unit") {
            let first = Self.back(unit, count, from: today, calendar)
            return DaySpan(
                start: calendar.start(of: first), end: calendar.start(of: calendar.day(today, plus: 1)))
        }
        if let count = number("ago"), let unit = text("unit") {
            return span(from: Self.back(unit, count, from: today, calendar), days: 1, calendar)
        }
        return named(today, calendar)
    }

    /// A month, a day of it, a year.
    private func named(_ today: UserCalendar.Day, _ calendar: UserCalendar) -> DaySpan? {
        guard let month = number("month") else {
            guard let year = number("year"), (1970...9999).contains(year) else { return nil }
            return DaySpan(
                start: calendar.start(of: .init(year: year, month: 1, day: 1)),
                end: calendar.start(of: .init(year: year + 1, month: 1, day: 1)))
        }
        let day = number("monthday")
        var year = number("year") ?? today.year
        if number("year") == nil, (month, day ?? 1) > (today.month, today.day) { year -= 1 }
        guard (1970...9999).contains(year) else { return nil }
        if let day {
            let first = UserCalendar.Day(year: year, month: month, day: day)
            let found = calendar.day(of: calendar.start(of: first))
            guard found.month == month, found.day == day else { return nil }
            return span(from: found, days: 1, calendar)
        }
        return DaySpan(
            start: calendar.start(of: .init(year: year, month: month, day: 1)),
            end: calendar.start(of: .init(year: year, month: month + 1, day: 1)))
    }

    private func span(from day: UserCalendar.Day, days: Int, _ calendar: UserCalendar) -> DaySpan {
        DaySpan(start: calendar.start(of: day), end: calendar.start(of: calendar.day(day, plus: days)))
    }

    private func period(
        _ unit: String, back: Int, _ today: UserCalendar.Day, _ calendar: UserCalendar
    ) -> DaySpan? {
        switch unit {
        case "week":
            return span(from: calendar.day(today, plus: 1 - today.weekday - 7 * back), days: 7, calendar)
        case "weekend":
            return span(from: calendar.day(today, plus: -1 - today.weekday - 7 * max(0, back - 1)), days: 2, calendar)
        case "month":
            return DaySpan(
                start: calendar.start(of: .init(year: today.year, month: today.month - back, day: 1)),
                end: calendar.start(of: .init(year: today.year, month: today.month - back + 1, day: 1)))
        case "year":
            return DaySpan(
                start: calendar.start(of: .init(year: today.year - back, month: 1, day: 1)),
                end: calendar.start(of: .init(year: today.year - back + 1, month: 1, day: 1)))
        default: return nil
        }
    }

    private static func back(
        _ unit: String, _ count: Int, from today: UserCalendar.Day, _ calendar: UserCalendar
    ) -> UserCalendar.Day {
        let count = min(count, 20_000)
        switch unit {
        case "week": return calendar.day(today, plus: -7 * count)
        case "month":
            return calendar.day(
                of: calendar.start(of: .init(year: today.year, month: today.month - count, day: today.day)))
        case "year":
            return calendar.day(
                of: calendar.start(of: .init(year: today.year - min(count, 1_000), month: today.month, day: today.day)))
        default: return calendar.day(today, plus: -count)
        }
    }

    /// `2026-01-31`, `2026-01` or `31/1/2026`.
    private static func written(_ text: String, _ calendar: UserCalendar) -> DaySpan? {
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "/" }).compactMap { Int($0) }
        if parts.count == 2, (1...12).contains(parts[1]) {
            return DaySpan(
                start: calendar.start(of: .init(year: parts[0], month: parts[1], day: 1)),
                end: calendar.start(of: .init(year: parts[0], month: parts[1] + 1, day: 1)))
        }
        guard parts.count == 3 else { return nil }
        let (year, day) = text.contains("/") ? (parts[2], parts[0]) : (parts[0], parts[2])
        let first = UserCalendar.Day(year: year, month: parts[1], day: day)
        let found = calendar.day(of: calendar.start(of: first))
        guard (1970...9999).contains(year), found.month == parts[1], found.day == day else { return nil }
        return DaySpan(start: calendar.start(of: found), end: calendar.start(of: calendar.day(found, plus: 1)))
    }
}
