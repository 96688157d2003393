internal import JSON

/// What stands at the head of a text between two lines `---` (or `---` and `...`), and the text after it.
///
/// A small part of YAML, read by own code, for a prompt may come from anywhere: keys with scalars (plain, in single or
/// double quotes, numbers, booleans, null) or lists of scalars, `limits` with one level of keys below, comments.
/// Anything else is refused by line.
struct FrontMatter {
    private(set) var fields: [OptionField] = []
    /// Without the blank lines before it.
    let text: ArraySlice<UInt8>

    init(reading bytes: ArraySlice<UInt8>) throws(OptionProblem) {
        var rest = bytes
        guard Self.isMark(Self.takeLine(&rest), ["---"]) else {
            text = Self.withoutBlankLines(bytes)
            return
        }
        var lines: [FrontMatterLine] = []
        var number = 1
        while true {
            guard !rest.isEmpty else {
                throw OptionProblem(line: 1, message: "the front matter has no end: a line --- should follow it")
            }
            let line = Self.takeLine(&rest)
            number += 1
            if Self.isMark(line, ["---", "..."]) { break }
            if let line = try FrontMatterLine(line, number: number) { lines.append(line) }
        }
        text = Self.withoutBlankLines(rest)
        var next = lines[...]
        while let line = next.popFirst() { try take(line, &next) }
    }

    /// Takes a key with its value, of which more may be on the lines below.
    private mutating func take(
        _ line: FrontMatterLine, _ below: inout ArraySlice<FrontMatterLine>
    ) throws(OptionProblem) {
        guard line.indent == 0 else {
            throw line.problem("the line is indented; only limits takes keys below it, and a value ends with its line")
        }
        let (key, rest) = try line.key()
        guard rest.isEmpty else {
            fields.append(try FrontMatterScalar.field(key, rest, line.number))
            return
        }
        guard let first = below.first, first.indent > 0 || first.isListItem else {
            fields.append(OptionField(key: key, value: .null, line: line.number))
            return
        }
        var items: [JSON] = []
        while let next = below.first, next.indent == first.indent, next.isListItem == first.isListItem {
            below.removeFirst()
            if next.isListItem {
                items.append(try FrontMatterScalar.item(next))
            } else {
                guard key == "limits" else {
                    throw next.problem("nested keys are only read below limits, not below \(PromptText.quoted(key))")
                }
                let (name, value) = try next.key()
                fields.append(try FrontMatterScalar.field("limits.\(name)", value, next.number))
            }
        }
        if first.isListItem { fields.append(OptionField(key: key, value: .array(items), line: line.number)) }
    }

    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
        let line = rest[rest.startIndex..<end]
        rest = end < rest.endIndex ? rest[(end + 1)...] : rest[rest.endIndex...]
        return line
    }

    private static func isMark(_ line: ArraySlice<UInt8>, _ marks: [String]) -> Bool {
        marks.contains { line.starts(with: $0.utf8) && PromptText.isBlank(line.dropFirst(3)) }
    }

    private static func withoutBlankLines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while !rest.isEmpty {
            var after = rest
            guard PromptText.isBlank(takeLine(&after)) else { break }
            rest = after
        }
        return rest
    }
}

/// A line of front matter that is neither blank nor a comment.
struct FrontMatterLine {
    let number: Int
    /// In spaces.
    let indent: Int
    /// Without the space around it.
    let content: ArraySlice<UInt8>

    init?(_ line: ArraySlice<UInt8>, number: Int) throws(OptionProblem) {
        let start = line.firstIndex { $0 != 0x20 } ?? line.endIndex
        let content = line[start...].trimmedAtEnd
        if content.isEmpty || content.first == UInt8(ascii: "#") { return nil }
        self.number = number
        self.indent = start - line.startIndex
        self.content = content
        if content.first == 0x09 { throw problem("the line is indented with a tab; use spaces") }
        if let control = content.first(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7f }) {
            throw problem("the line has the control character \(control)")
        }
    }

    var isListItem: Bool {
        content.first == UInt8(ascii: "-") && (content.count == 1 || content.dropFirst().first == 0x20)
    }

    /// The key, and what follows its colon: empty when that is nothing or a comment.
    func key() throws(OptionProblem) -> (name: String, rest: ArraySlice<UInt8>) {
        let end = content.firstIndex { !Self.mayBeInKey($0) } ?? content.endIndex
        let after = content[end...].dropFirst()
        guard end > content.startIndex, end < content.endIndex, content[end] == UInt8(ascii: ":"),
            after.isEmpty || after.first == 0x20 || after.first == 0x09
        else {
            let shown = PromptText.quoted(String(decoding: content, as: UTF8.self))
            throw problem("a key, a colon and a value should be here, as in model: NAME, and not \(shown)")
        }
        let rest = after.trimmedAtStart
        return (
            String(decoding: content[..<end], as: UTF8.self),
            rest.first == UInt8(ascii: "#") ? rest[rest.endIndex...] : rest
        )
    }

    func problem(_ message: String) -> OptionProblem { OptionProblem(line: number, message: message) }

    private static func mayBeInKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    var trimmedAtStart: Self { self[(firstIndex { $0 != 0x20 && $0 != 0x09 } ?? endIndex)...] }

    var trimmedAtEnd: Self {
        let last = lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }
        return self[startIndex..<(last.map { $0 + 1 } ?? startIndex)]
    }
}
