import JSON

/// Numbers that nobody counts to, as JSON writes them.
enum ExtremeNumbers {
    static let texts = [
        "-9223372036854775808", "-9223372036854775809", "-9223372036854775807", "9223372036854775807",
        "9223372036854775808", "9223372036854775806", "18446744073709551615", "18446744073709551616", "4294967295",
        "4294967296", "2147483647", "2147483648", "-2147483648", "-2147483649", "65536", "32768", "-1", "0", "1",
        "1e18", "1e19", "-1e19", "1e300", "-1e300", "1.7976931348623157e308", "5e-324", "0.5", "-0.5",
        "9007199254740993", "1000000000001",
    ]

    /// The text with each of its numbers in turn as each of these.
    static func variants(of json: JSON) -> [String] {
        var places = 0
        _ = marked(json, -1, &places)
        return (0..<places).flatMap { place -> [String] in
            var count = 0
            let marked = marked(json, place, &count).description
            return texts.map { marked.replacing("\"@@\"", with: $0) }
        }
    }

    private static func marked(_ json: JSON, _ place: Int, _ count: inout Int) -> JSON {
        switch json {
        case .integer, .number:
            defer { count += 1 }
            return count == place ? "@@" : json
        case .array(let elements): return .array(elements.map { marked($0, place, &count) })
        case .object(let members):
            var result: [String: JSON] = [:]
            for (key, value) in members.sorted(by: { $0.key < $1.key }) { result[key] = marked(value, place, &count) }
            return .object(result)
        default: return json
        }
    }
}
