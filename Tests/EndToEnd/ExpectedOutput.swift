/// What a scenario's commands must print, line by line.
struct ExpectedOutput: Sendable {
    /// `…` alone stands for any number of lines.
    private let lines: [String]
    /// What no line may hold.
    private let forbidden: [String]

    init(lines: [Substring]) {
        var lines = lines.map(String.init)
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        forbidden = lines.filter { $0.hasPrefix("! ") }.map { String($0.dropFirst(2)) }
        self.lines = lines.filter { !$0.hasPrefix("! ") }
    }

    /// Nil when the output is as it should be, otherwise where it is not.
    func difference(from output: String) -> String? {
        var actual = output.split(separator: "\n", omittingEmptySubsequences: false)
        if actual.last?.isEmpty ?? false { actual.removeLast() }
        for word in forbidden {
            if let line = actual.first(where: { $0.contains(word) }) {
                return "must not be there: \(word)\nin the line:       \(line)"
            }
        }
        var (row, expected, furthest) = (0, 0, (row: 0, expected: 0))
        var last: (row: Int, expected: Int)?
        while row < actual.count || expected < lines.count {
            if (expected, row) > (furthest.expected, furthest.row) { furthest = (row, expected) }
            if expected < lines.count, lines[expected] == "…" {
                last = (row, expected)
                expected += 1
            } else if expected < lines.count, row < actual.count, Self.matches(actual[row][...], lines[expected][...]) {
                row += 1
                expected += 1
            } else if let back = last, back.row < actual.count {
                last = (back.row + 1, back.expected)
                (row, expected) = (back.row + 1, back.expected + 1)
            } else {
                return report(actual, furthest)
            }
        }
        return nil
    }

    private func report(_ actual: [Substring], _ place: (row: Int, expected: Int)) -> String {
        let wanted = place.expected < lines.count ? lines[place.expected] : "(nothing more)"
        var report = ["expected line \(place.expected + 1): \(wanted)", "what was printed:"]
        for (index, line) in actual.enumerated() { report.append((index == place.row ? "=> " : "   ") + line) }
        if place.row >= actual.count { report.append("=> (nothing more)") }
        return report.joined(separator: "\n")
    }

    /// `…` stands for any text, `<id>` for seven or more hexadecimal digits.
    static func matches(_ line: Substring, _ pattern: Substring) -> Bool {
        var (line, pattern) = (line, pattern)
        while let next = pattern.first, next != "…" {
            if pattern.hasPrefix("<id>") {
                let digits = line.prefix { $0.isHexDigit }
                guard digits.count >= 7 else { return false }
                line = line[digits.endIndex...]
                pattern = pattern.dropFirst(4)
            } else {
                guard line.first == next else { return false }
                line = line.dropFirst()
                pattern = pattern.dropFirst()
            }
        }
        guard !pattern.isEmpty else { return line.isEmpty }
        let rest = pattern.dropFirst()
        return rest.isEmpty || matches("", rest) || line.indices.contains { matches(line[$0...], rest) }
    }
}
