internal import BatchQueue
internal import JSON

/// Results as one text, for exports: CSV or JSONL, a row at a time.
package enum ResultTable: String, Sendable, Hashable, CaseIterable {
    /// RFC 4180, with a header. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    case csv
    /// ``BatchResult/json(withAnswer:)``, one a line.
    case jsonl

    package static let columns = [
        "position", "name", "status", "answer", "error", "run", "model", "attempts", "input_tokens", "output_tokens",
        "cost", "tools", "started_at", "finished_at", "seconds",
    ]

    /// What stands before the first row; empty for JSONL.
    package var header: String { self == .csv ? Self.row(Self.columns) : "" }

    /// One result, with the end of its line.
    package func row(_ result: BatchResult) -> String {
        switch self {
        case .jsonl: result.json(withAnswer: true).description + "\n"
        case .csv:
            Self.row([
                "\(result.position)", result.name, result.state.rawValue, result.answer ?? "", result.error ?? "",
                result.run ?? "", result.model ?? "", "\(result.attempts)", "\(result.inputTokens)",
                "\(result.outputTokens)", result.cost.map { Figures.decimal($0, places: 9) } ?? "",
                result.tools.description, result.startedAt.map(BatchResult.text) ?? "",
                result.finishedAt.map(BatchResult.text) ?? "",
                result.milliseconds.map { Figures.decimal(Double($0) / 1000, places: 3) } ?? "",
            ])
        }
    }

    /// Writes a whole table, a row at a time.
    package func write<Results: AsyncSequence>(
        _ results: Results, with write: (String) throws -> Void
    ) async throws where Results.Element == BatchResult {
        if self == .csv { try write(header) }
        for try await result in results { try write(row(result)) }
    }

    /// Writes a whole table to a path, which changes only when the table is whole.
    package func write<Results: AsyncSequence>(_ results: Results, to path: String) async throws
    where Results.Element == BatchResult {
        var sink = try ResultSink.open(path)
        try sink.write(header)
        for try await result in results { try sink.write(row(result)) }
        try sink.finish()
    }

    private static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// Looked at by scalar: a combining mark after a sign, or CR LF, is one character with it.
    static func cell(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) { text = "'" + text }
        let needsQuotes = text.utf8.contains { byte in ",\"\r\n".utf8.contains(byte) }
        guard needsQuotes || text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

extension ResultFiles {
    /// Writes all that a sequence gives, in groups.
    package func write<Results: AsyncSequence>(_ results: Results, groupsOf size: Int = 100) async throws
    where Results.Element == BatchResult {
        var group: [BatchResult] = []
        for try await result in results {
            group.append(result)
            if group.count >= size {
                try write(group)
                group = []
            }
        }
        try write(group)
    }
}
