import Glibc

/// The table: what was measured, against what, its goal, and whether that is met.
struct Report {
    private struct Row {
        let cells: [String]
    }

    private var rows = [Row(cells: ["measured", "vocero", "beside it", "result", "goal", ""])]
    private(set) var missed = 0

    /// `beside`: what the same costs without Vocero. `isMet` is nil for what is printed for the record.
    mutating func add(
        _ what: String, vocero: String, beside: String = "", result: String, goal: String = "", isMet: Bool? = nil
    ) {
        let verdict = isMet.map { $0 ? "met" : "MISSED" } ?? "for the record"
        if isMet == false { missed += 1 }
        rows.append(Row(cells: [what, vocero, beside, result, goal, verdict]))
        Self.note("\(what): \(result) (\(verdict))")
    }

    /// Progress, on stderr.
    static func note(_ text: String) {
        let line = Array("bench: \(text)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }

    /// A Markdown table, readable as it is.
    var text: String {
        let widths = rows[0].cells.indices.map { column in rows.map { $0.cells[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            "| " + zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ")
                + " |\n"
        }
        let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|\n"
        return line(rows[0].cells) + rule + rows.dropFirst().map { line($0.cells) }.joined()
    }
}

extension Double {
    /// With so many digits behind the point.
    func shown(_ digits: Int = 1) -> String {
        guard isFinite else { return "?" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((magnitude * scale).rounded())
        let whole = "\(self < 0 && scaled > 0 ? "-" : "")\(scaled / Int(scale))"
        guard digits > 0 else { return whole }
        let rest = String(scaled % Int(scale))
        return whole + "." + String(repeating: "0", count: digits - rest.count) + rest
    }

    var ms: String { shown() + " ms" }
}
