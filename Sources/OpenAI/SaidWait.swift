internal import JSON

/// How long an error asks to wait where only its body says so: in a member of its own, or in its sentence ("Please try
/// again in 8.7s.").
enum SaidWait {
    static func wait(in body: [UInt8]) -> Duration? {
        if let json = try? JSON(parsing: body) { return wait(in: json) }
        return wait(inSentence: String(decoding: body.prefix(2000), as: UTF8.self))
    }

    static func wait(in json: JSON) -> Duration? {
        member(in: json, depth: 0) ?? ServerWords(json).message.flatMap(wait(inSentence:))
    }

    // MARK: Members

    private static let milliseconds: Set<String> = ["retry_after_ms", "retryafterms", "retry-after-ms"]
    private static let seconds: Set<String> = [
        "retry_after", "retryafter", "retry-after", "retry_after_seconds", "retrydelay", "retry_delay",
    ]

    /// `{"error": {"details": [{"retryDelay": "38s"}]}}` and the like, wherever it stands.
    private static func member(in json: JSON, depth: Int) -> Duration? {
        guard depth < 6 else { return nil }
        for (name, value) in json.object ?? [:] {
            let name = name.lowercased()
            if milliseconds.contains(name), let number = number(value) { return positive(number / 1000) }
            guard seconds.contains(name) else { continue }
            if let number = number(value) { return positive(number) }
            if let text = value.string, let wait = RateLimits.duration(text) { return wait > .zero ? wait : nil }
        }
        let inner = (json.object?.values.map { $0 } ?? []) + (json.array ?? [])
        return inner.lazy.compactMap { member(in: $0, depth: depth + 1) }.max()
    }

    private static func number(_ json: JSON) -> Double? { json.number ?? json.string.flatMap { Double($0) } }

    private static func positive(_ seconds: Double) -> Duration? {
        seconds.isFinite && seconds > 0 ? .seconds(min(seconds, 1e9)) : nil
    }

    // MARK: Sentences

    /// What stands before a time that is to be waited for, and not before a limit.
    private static let openings = [
        "try again in ", "retry in ", "retry after ", "try again after ", "please wait ", "wait for ", "reset in ",
        "resets in ", "retry again in ", "available in ", "reset after ",
    ]

    static func wait(inSentence text: String) -> Duration? {
        let text = text.lowercased()
        for opening in openings {
            guard let start = text.firstRange(of: opening)?.upperBound else { continue }
            if let wait = duration(at: text[start...]) { return wait }
        }
        return nil
    }

    /// `8.7s`, `8.7 s`, `1m30.5s`, `2 minutes and 5 seconds`, `350ms`; a bare number is of seconds.
    private static func duration(at text: Substring) -> Duration? {
        var rest = text
        var seconds = 0.0
        var hasRead = false
        while true {
            rest = rest.drop { $0 == " " || $0 == "," }
            if hasRead, rest.hasPrefix("and ") { rest = rest.dropFirst(4) }
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits) else { break }
            let behind = rest.dropFirst(digits.count).drop { $0 == " " }
            let unit = behind.prefix { $0.isLetter }
            let factor = units[String(unit)]
            guard factor != nil || !hasRead else { break }
            seconds += number * (factor ?? 1)
            hasRead = true
            guard factor != nil else { break }
            rest = behind.dropFirst(unit.count)
        }
        return hasRead ? positive(seconds) : nil
    }

    private static let units: [String: Double] = {
        var units: [String: Double] = ["ms": 1e-3, "millisecond": 1e-3, "milliseconds": 1e-3]
        for word in ["s", "sec", "secs", "second", "seconds"] { units[word] = 1 }
        for word in ["m", "min", "mins", "minute", "minutes"] { units[word] = 60 }
        for word in ["h", "hr", "hrs", "hour", "hours"] { units[word] = 3600 }
        return units
    }()
}
