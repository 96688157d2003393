/// Counts the rows of each table in a dump, from its plain text as it goes by: a table's rows stand one a line between
/// its COPY and `\.`.
struct DumpCounts: Sendable {
    /// By name as the dump writes it, such as `public.messages`.
    private(set) var rows: [String: Int] = [:]
    /// The table whose rows go by.
    private var table: String?
    /// The beginning of the line that goes by: longer ones are rows, whose text does not matter.
    private var line: [UInt8] = []
    private static let mostKept = 4_096

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                endLine()
            } else if line.count < Self.mostKept {
                line.append(byte)
            }
        }
    }

    private mutating func endLine() {
        defer { line.removeAll(keepingCapacity: true) }
        if let table {
            if line == Array(#"\."#.utf8) { self.table = nil } else { rows[table, default: 0] += 1 }
            return
        }
        guard line.starts(with: Array("COPY ".utf8)) else { return }
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasSuffix(" FROM stdin;"), let columns = text.firstRange(of: " (") else { return }
        let name = String(text[text.index(text.startIndex, offsetBy: 5)..<columns.lowerBound])
        table = name
        rows[name] = 0
    }
}
