internal import FoundationEssentials
internal import Glibc

/// Days as the person who asks has them.
struct UserCalendar: Sendable {
    struct Day: Sendable, Hashable {
        var year: Int
        /// From 1.
        var month: Int
        var day: Int
        /// Monday is 1.
        var weekday = 0
    }

    /// Nil for the zone of this machine (`TZ`).
    private let offset: Int?

    static let current = UserCalendar(offset: nil)

    /// A zone that is always so many seconds ahead of UTC.
    static func fixed(seconds: Int) -> UserCalendar { UserCalendar(offset: seconds) }

    private init(offset: Int?) { self.offset = offset }

    /// The day that a moment lies in.
    func day(of date: Date) -> Day {
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        if let offset {
            seconds += offset
            gmtime_r(&seconds, &parts)
        } else {
            localtime_r(&seconds, &parts)
        }
        return Day(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            weekday: parts.tm_wday == 0 ? 7 : Int(parts.tm_wday))
    }

    /// When a day begins. A day or month out of its bounds counts on: the 0th is the last of the month before.
    func start(of day: Day) -> Date {
        var parts = tm()
        parts.tm_year = Int32(clamping: day.year - 1900)
        parts.tm_mon = Int32(clamping: day.month - 1)
        parts.tm_mday = Int32(clamping: day.day)
        parts.tm_isdst = -1
        let seconds = offset.map { timegm(&parts) - $0 } ?? mktime(&parts)
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }

    /// A day so many days later.
    func day(_ day: Day, plus days: Int) -> Day {
        self.day(of: start(of: Day(year: day.year, month: day.month, day: day.day + days)))
    }
}
