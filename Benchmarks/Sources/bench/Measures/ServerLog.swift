/// What the database server wrote down about one command: its statements, in their order.
struct ServerLog {
    /// Statements with their parameters as SQL literals.
    let statements: [(sql: String, parameters: [String])]
    private let entries: [Entry]

    init(_ text: String) {
        entries = Self.entries(of: text)
        statements = entries.compactMap { entry in
            for mark in ["  execute ", "  statement: "] {
                guard entry.message.hasPrefix("duration: "), let found = entry.message.firstRange(of: mark) else {
                    continue
                }
                var sql = entry.message[found.upperBound...]
                if mark == "  execute " {
                    guard let colon = sql.firstRange(of: ": ") else { return nil }
                    sql = sql[colon.upperBound...]
                }
                return (String(sql), Self.literals(entry.detail))
            }
            return nil
        }
    }

    /// The same log with some of its statements only.
    func only(_ isWanted: (String) -> Bool) -> ServerLog {
        ServerLog(statements: statements.filter { isWanted($0.sql) }, entries: entries)
    }

    private init(statements: [(sql: String, parameters: [String])], entries: [Entry]) {
        self.statements = statements
        self.entries = entries
    }

    /// Milliseconds that the server spent on what has this in its text: to parse, plan and execute it.
    func milliseconds(on text: String) -> Double {
        entries.filter { $0.message.hasPrefix("duration: ") && $0.message.contains(text) }
            .compactMap { Double($0.message.dropFirst(10).prefix { $0 != " " }) }.reduce(0, +)
    }

    private struct Entry {
        var message: String
        var detail = ""
    }

    /// Entries begin with a date; a line that goes on begins with a tab.
    private static func entries(of text: String) -> [Entry] {
        var entries: [Entry] = []
        var isDetail = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("\t") {
                if entries.isEmpty { continue }
                if isDetail {
                    entries[entries.count - 1].detail += "\n" + line.dropFirst()
                } else {
                    entries[entries.count - 1].message += "\n" + line.dropFirst()
                }
            } else if let found = line.firstRange(of: "] LOG:  ") {
                entries.append(Entry(message: String(line[found.upperBound...])))
                isDetail = false
            } else if let found = line.firstRange(of: "] DETAIL:  "), !entries.isEmpty {
                entries[entries.count - 1].detail = String(line[found.upperBound...])
                isDetail = true
            }
        }
        return entries
    }

    /// `Parameters: $1 = 'a', $2 = NULL` as `'a'` and `NULL`.
    private static func literals(_ detail: String) -> [String] {
        var literals: [String] = []
        var rest = Substring(detail)
        while let found = rest.firstRange(of: "$\(literals.count + 1) = ") {
            rest = rest[found.upperBound...]
            guard rest.hasPrefix("'") else {
                literals.append("NULL")
                continue
            }
            var end = rest.index(after: rest.startIndex)
            while end < rest.endIndex {
                if rest[end] == "'" {
                    let next = rest.index(after: end)
                    guard next < rest.endIndex, rest[next] == "'" else { break }
                    end = next
                }
                end = rest.index(after: end)
            }
            guard end < rest.endIndex else { break }
            literals.append(String(rest[...end]))
            rest = rest[rest.index(after: end)...]
        }
        return literals
    }
}

extension ServerLog {
    /// The same statements for psql, prepared once each. With ids of its own in place of the run's, so that it can be
    /// said again and again.
    func script(renamingIDs number: Int, timed: Bool = false) -> String {
        var prepared: [String: String] = [:]
        var lines: [String] = []
        var calls: [String] = []
        for statement in statements {
            guard !statement.parameters.isEmpty else {
                calls.append(statement.sql + ";")
                continue
            }
            let name = prepared[statement.sql] ?? "s\(prepared.count)"
            if prepared[statement.sql] == nil {
                prepared[statement.sql] = name
                let line = "PREPARE \(name) AS \(statement.sql);"
                if timed { lines.append(line) } else { calls.append(line) }
            }
            let literals = statement.parameters.map { Self.renamed($0, number) }
            calls.append("EXECUTE \(name)(\(literals.joined(separator: ", ")));")
        }
        return (lines + (timed ? ["\\timing on"] : []) + calls).joined(separator: "\n") + "\n"
    }

    /// Another id for each id that is a parameter of its own.
    private static func renamed(_ literal: String, _ number: Int) -> String {
        guard literal.utf8.count == 38, literal.filter({ $0 == "-" }).count == 4 else { return literal }
        let suffix = String(number, radix: 16)
        return "'" + String(repeating: "0", count: 8 - suffix.count) + suffix + literal.dropFirst(9)
    }
}
