/// Cuts a grammar file into statements: a line each, with the indented lines behind it.
enum GrammarLines {
    struct Statement {
        let line: Int
        let keyword: ArraySlice<UInt8>
        let rest: ArraySlice<UInt8>
    }

    private static let space = UInt8(ascii: " ")
    private static let hash = UInt8(ascii: "#")

    static func statements(of bytes: [UInt8]) -> [Statement] {
        var statements: [Statement] = []
        var current: [UInt8] = []
        var first = 0
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard let start = line.firstIndex(where: { $0 != space }), line[start] != hash else { continue }
            if start > line.startIndex, !current.isEmpty {
                current.append(space)
                current += line[start...]
            } else {
                append(current, first, to: &statements)
                current = Array(line[start...])
                first = number
            }
        }
        append(current, first, to: &statements)
        return statements
    }

    private static func append(_ bytes: [UInt8], _ line: Int, to statements: inout [Statement]) {
        guard !bytes.isEmpty else { return }
        let end = bytes.firstIndex(of: space) ?? bytes.endIndex
        let rest = bytes[end...].drop { $0 == space }
        statements.append(Statement(line: line, keyword: bytes[..<end], rest: rest))
    }
}
