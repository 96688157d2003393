/// Texts of settings as values.
enum SettingParsing {
    static func integer(_ text: String) -> Int? {
        let lower = text.lowercased()
        for (suffix, factor) in [("k", 1 << 10), ("m", 1 << 20), ("g", 1 << 30)] where lower.hasSuffix(suffix) {
            guard let number = Int(lower.dropLast()) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: factor)
            return overflow ? nil : product
        }
        return Int(text)
    }

    /// `90`, `90s`, `10m`, `1h`: one second to one week.
    static func duration(_ text: String) -> Duration? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int(unit == nil ? text[...] : text.dropLast()), (1...604_800).contains(number) else {
            return nil
        }
        let seconds = number * (unit ?? 1)
        return seconds <= 604_800 ? .seconds(seconds) : nil
    }

    static func dollars(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let number = Double(text), number.isFinite, number <= 1_000_000
        else { return nil }
        return number
    }

    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1", "": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }

    /// A limit as a number to compare; nil when it is none.
    static func amount(_ text: String, of key: SettingKey) -> Double? {
        switch key.form {
        case .integer: integer(text).map { Double($0) }
        case .dollars: dollars(text)
        case .duration: duration(text).map { Double($0.components.seconds) }
        default: nil
        }
    }

    /// The parts between commas, without the spaces around them.
    static func items(_ text: String) -> [String] {
        text.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
    }

    /// What is wrong with a value, as the end of a sentence; nil when it is valid. Never repeats the value.
    static func problem(with text: String, in key: SettingKey) -> String? {
        switch key.form {
        case .webAddress: WebAddress(text) == nil ? "it must be \(WebAddress.valid)" : nil
        case .database: isConnection(text) ? nil : "it must be a postgresql:// URL or a libpq connection string"
        case .secret:
            text.utf8.count <= 10_000 && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
                ? nil : "a key is printable ASCII without spaces"
        case .text(let length):
            !text.isEmpty && text.count <= length && !hasControls(text)
                ? nil : "it must be 1 to \(length) characters on one line"
        case .integer(let range):
            integer(text).map(range.contains) == true
                ? nil : "it must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .dollars: dollars(text) == nil ? "it must be an amount in US dollars, such as 0.50" : nil
        case .duration: duration(text) == nil ? "it must be a time such as 90, 90s, 10m or 1h" : nil
        case .directory:
            text.hasPrefix("/") && text.utf8.count < 4_096 && !hasControls(text) ? nil : "it must be an absolute path"
        case .flag: flag(text) == nil ? "it must be true or false" : nil
        case .choice(let choices):
            choices.contains(text.lowercased()) ? nil : "it must be \(choices.joined(separator: " or "))"
        case .list:
            items(text).count <= 200 && items(text).allSatisfy { $0.count <= 100 && !hasControls($0) }
                ? nil : "it must be at most 200 items of at most 100 characters, with commas between them"
        }
    }

    /// The known name that is a few typing mistakes away.
    static func nearest(to name: String, in names: [String]) -> String? {
        guard name.count <= 60 else { return nil }
        let best = names.map { ($0, distance(Array(name), Array($0))) }.min { $0.1 < $1.1 }
        return best.flatMap { $0.1 <= max(2, name.count / 3) ? $0.0 : nil }
    }

    /// A name from a file, safe to print.
    static func shown(_ name: String) -> String {
        let short = name.unicodeScalars.prefix(60).map { $0.isASCII && (0x20..<0x7f).contains($0.value) ? $0 : "?" }
        var text = ""
        text.unicodeScalars.append(contentsOf: short)
        return text
    }

    private static func isConnection(_ text: String) -> Bool {
        // What libpq would complain of it would repeat, and a password may be in it.
        !hasControls(text) && text.utf8.count <= 4_000 && ConnectionText.isUnderstood(text)
    }

    private static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) || (0x2028...0x202e).contains($0.value)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let above = row[column + 1]
                let changed = diagonal + (character == right[column] ? 0 : 1)
                row[column + 1] = min(changed, above + 1, row[column] + 1)
                diagonal = above
            }
        }
        return row[right.count]
    }
}
