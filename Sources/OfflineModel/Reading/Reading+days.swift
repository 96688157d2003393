internal import FoundationEssentials

extension Reading {
    /// The first day that is named and is none.
    func impossibleDay(now: Date, in calendar: UserCalendar) -> String? {
        for slot in ["since", "until", "before", "on"] {
            if let value = slots[slot], let days = value.days, days.span(now: now, in: calendar) == nil {
                return value.said
            }
        }
        return nil
    }
}
