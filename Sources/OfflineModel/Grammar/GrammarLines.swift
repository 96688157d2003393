/// Cuts a grammar file into statements: a line each, with the indented lines behind it.
enum GrammarLines {
    struct Statement {
        /// From 1.
        let line: Int
        let keyword: Range<Int>
        /// Lines that go on are in it with their ends, which are spaces to all who read it.
        let rest: Range<Int>
    }

    private static let space = UInt8(ascii: " ")
    private static let newline = UInt8(ascii: "\n")

    static func statements(of bytes: [UInt8]) -> [Statement] {
        var statements: [Statement] = []
        statements.reserveCapacity(2_000)
        var index = 0
        var line = 0
        while index < bytes.count {
            let start = index
            line += 1
            let first = line
            index = end(ofLine: start, bytes) + 1
            let begin = bytes[start]
            guard begin != UInt8(ascii: "#"), begin != newline, begin != space else { continue }
            while index < bytes.count, bytes[index] == space {
                index = end(ofLine: index, bytes) + 1
                line += 1
            }
            let end = min(index, bytes.count)
            var keyword = start
            while keyword < end, bytes[keyword] != space, bytes[keyword] != newline { keyword += 1 }
            statements.append(Statement(line: first, keyword: start..<keyword, rest: keyword..<end))
        }
        return statements
    }

    private static func end(ofLine start: Int, _ bytes: [UInt8]) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != newline { index += 1 }
        return index
    }
}
