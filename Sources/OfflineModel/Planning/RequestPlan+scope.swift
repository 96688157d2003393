internal import FoundationEssentials
internal import Settings

/// The bounds in time of a request.
struct TimeBounds: Sendable, Hashable {
    var since: Date?
    var until: Date?
}

extension RequestPlan {
    private func span(_ slot: String) -> DaySpan? { reading.slots[slot]?.days?.span(now: now, in: calendar) }

    var bounds: TimeBounds {
        var bounds = TimeBounds()
        if let since = span("since") { bounds.since = since.start }
        if let until = span("until") { bounds.until = until.last }
        if let before = span("before") { bounds.until = before.start.addingTimeInterval(-1) }
        if let on = span("on") { (bounds.since, bounds.until) = (on.start, on.last) }
        return bounds
    }

    var since: String? { bounds.since?.formatted(.iso8601) }
    var until: String? { bounds.until?.formatted(.iso8601) }

    /// Where the commits come from: a branch, or from one ref to another.
    var range: String? {
        if let from = text("from") { return from + ".." + (text("to") ?? text("branch") ?? "HEAD") }
        return text("branch")
    }

    /// The author for git: the whole name where it is known here, else what was said.
    var authorName: String? { reading.slots["author"]?.whole }
    var authorPart: String? { authorName == nil ? text("author") : nil }

    /// The filters in words, each with a space before it.
    var scope: String {
        let words = wording
        var parts: [String] = []
        if let author = authorName ?? authorPart { parts.append(words.pick("by \(author)", "de \(author)")) }
        if let from = text("from") {
            let to = text("to") ?? text("branch") ?? "HEAD"
            parts.append(words.pick("from \(from) to \(to)", "de \(from) a \(to)"))
        } else if let branch = text("branch") {
            parts.append(words.pick("on \(branch)", "en \(branch)"))
        }
        if let path = text("path") { parts.append(words.pick("in `\(path)`", "en `\(path)`")) }
        parts += days
        return parts.map { " " + $0 }.joined()
    }

    private var days: [String] {
        let words = wording
        if let on = span("on") {
            return [
                on.isOneDay
                    ? words.pick("on \(words.longDay(on.start))", "el \(words.longDay(on.start))")
                    : words.pick(
                        "from \(words.longDay(on.start)) to \(words.longDay(on.last))",
                        "desde el \(words.longDay(on.start)) hasta el \(words.longDay(on.last))")
            ]
        }
        var parts: [String] = []
        if let since = span("since") {
            parts.append(words.pick("since \(words.longDay(since.start))", "desde el \(words.longDay(since.start))"))
        }
        if let until = span("until") {
            parts.append(words.pick("until \(words.longDay(until.last))", "hasta el \(words.longDay(until.last))"))
        }
        if let before = span("before") {
            parts.append(
                words.pick("before \(words.longDay(before.start))", "antes del \(words.longDay(before.start))"))
        }
        return parts
    }
}
