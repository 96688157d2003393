package import HTTP

/// What a server says of its limits with an answer (`x-ratelimit-…`). Each may be absent.
package struct RateLimits: Sendable, Hashable {
    /// What is left of one of the limits, and when it is whole again.
    package struct Allowance: Sendable, Hashable {
        package var limit: Int?
        package var remaining: Int
        package var reset: Duration?
    }

    package var requests: Allowance?
    package var tokens: Allowance?

    /// Nil when the headers say nothing.
    package init?(_ headers: HTTPHeaders) {
        requests = Self.allowance("requests", headers)
        tokens = Self.allowance("tokens", headers)
        if requests == nil && tokens == nil { return nil }
    }

    /// How long to wait when nothing is left.
    package var wait: Duration? {
        [requests, tokens].compactMap { $0.flatMap { $0.remaining <= 0 ? $0.reset : nil } }.max()
    }

    private static func allowance(_ kind: String, _ headers: HTTPHeaders) -> Allowance? {
        guard let remaining = headers["x-ratelimit-remaining-\(kind)"].flatMap({ Int($0) }) else { return nil }
        return Allowance(
            limit: headers["x-ratelimit-limit-\(kind)"].flatMap { Int($0) }, remaining: max(0, remaining),
            reset: headers["x-ratelimit-reset-\(kind)"].flatMap(duration))
    }

    /// `6m0s`, `20ms`, `1.5s`, `1h2m3s`; a bare number is of seconds.
    static func duration(_ text: String) -> Duration? {
        if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? .seconds(min(seconds, 1e9)) : nil }
        var rest = text[...]
        var seconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter || $0 == "µ" }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(digits), let factor = factors[String(unit)] else { return nil }
            seconds += number * factor
        }
        return text.isEmpty || !seconds.isFinite ? nil : .seconds(min(seconds, 1e9))
    }

    private static let factors: [String: Double] = [
        "d": 86_400, "h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9,
    ]
}
