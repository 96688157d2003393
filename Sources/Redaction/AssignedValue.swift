/// What is assigned to a name, in whatever language.
struct AssignedValue {
    let range: Range<Int>
    /// By which it is judged; all of it, unless it is of several lines.
    let firstLine: Range<Int>
    let isQuoted: Bool

    private init(_ range: Range<Int>, firstLine: Range<Int>? = nil, isQuoted: Bool) {
        self.range = range
        self.firstLine = firstLine ?? range
        self.isQuoted = isQuoted
    }

    /// Reads on from the end of the name. Nil when nothing is assigned.
    init?(in text: ScannedText, after nameEnd: Int, nameStart: Int) {
        var index = Self.skipQuote(text, nameEnd)
        index = text.end(of: .space, from: index, atMost: 40)
        switch text[index] {
        case UInt8(ascii: "="), UInt8(ascii: ":"):
            index = Self.afterAnnotation(text, index)
            while "=:>~".utf8.contains(text[index]) { index += 1 }
        case UInt8(ascii: ">"):
            guard let value = Self.element(in: text, from: index + 1) else { return nil }
            self = value
            return
        case UInt8(ascii: ","), UInt8(ascii: "("): index += 1
        default:
            guard index > nameEnd else { return nil }
            // `<add key="password" value="…">`
            if let attribute = ["value=", "content="].first(where: { text.hasFolded($0, at: index) }) {
                index += attribute.utf8.count
            } else if !Self.isQuote(text[index]), !Self.isWordByWord(text, nameStart) {
                return nil
            }
        }
        index = text.end(of: .space, from: index, atMost: 40)
        if let lines = Self.lines(in: text, from: index, nameStart: nameStart) {
            self = lines
            return
        }
        index = Self.wrapped(text, index, nameStart: nameStart)
        var start = Self.skipQuote(text, Self.skipPrefix(text, index))
        // A string that is written into another: `"\"…\""`.
        if start > index, text[start] == UInt8(ascii: "\\"), Self.isQuote(text[start + 1]) { start += 2 }
        let isQuoted = start > index && Self.isQuote(text[start - 1])
        guard let value = isQuoted ? Self.quoted(in: text, from: start) : Self.plain(in: text, from: start) else {
            return nil
        }
        self = value
    }

    /// Past `: String` in `let apiKey: String = "…"`.
    private static func afterAnnotation(_ text: ScannedText, _ colon: Int) -> Int {
        guard text[colon] == UInt8(ascii: ":") else { return colon }
        let type = text.end(of: .space, from: colon + 1, atMost: 4)
        let typeEnd = text.end(
            of: Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.?!<>[]&"), from: type,
            atMost: 40)
        let equals = text.end(of: .space, from: typeEnd, atMost: 4)
        return typeEnd > type && equals > typeEnd && text[equals] == UInt8(ascii: "=") ? equals : colon
    }

    /// Where name and value stand side by side: `--token …`, `machine … login … password …`, `ENV TOKEN …`.
    private static func isWordByWord(_ text: ScannedText, _ nameStart: Int) -> Bool {
        if text.has("--", at: nameStart) { return true }
        return text.hasBefore("login ", nameStart, atMost: 200)
            || ["ENV ", "ARG ", "setenv "].contains { text.has($0, at: nameStart - $0.utf8.count) }
    }

    private static func element(in text: ScannedText, from start: Int) -> AssignedValue? {
        let end = text.bytes[start..<min(text.bytes.count, start + 200)].firstIndex {
            $0 == UInt8(ascii: "<") || $0 == 0x0a
        }
        guard let end, text[end] == UInt8(ascii: "<"), text[end + 1] == UInt8(ascii: "/") else { return nil }
        return AssignedValue(start..<end, isQuoted: true)
    }

    /// Up to the same quotation mark on the same line.
    private static func quoted(in text: ScannedText, from start: Int) -> AssignedValue? {
        let mark = text[start - 1]
        var end = start
        let limit = min(text.bytes.count, start + 501)
        while end < limit, text[end] != mark, text[end] != 0x0a, text[end] != UInt8(ascii: " ") { end += 1 }
        guard end < limit, text[end] == mark else { return nil }
        if end > start, text[end - 1] == UInt8(ascii: "\\"), text[start - 2] == UInt8(ascii: "\\") { end -= 1 }
        return AssignedValue(start..<end, isQuoted: true)
    }

    private static func plain(in text: ScannedText, from start: Int) -> AssignedValue? {
        var end = start
        let limit = min(text.bytes.count, start + 501)
        while end < limit, !" \t\r\n\"'`,;)}]<>&|\\".utf8.contains(text[end]) { end += 1 }
        // What ends with a colon is the name of something further in.
        guard end > start, text[end - 1] != UInt8(ascii: ":") else { return nil }
        return AssignedValue(start..<end, isQuoted: false)
    }

    private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

    private static func skipQuote(_ text: ScannedText, _ index: Int) -> Int {
        var index = index
        if text[index] == UInt8(ascii: "\\") { index += 1 }
        if isQuote(text[index]) { index += 1 }
        // As in dict["password"] = …
        if text[index] == UInt8(ascii: "]") { index += 1 }
        return index
    }

    /// Past the letter of `b"…"` or `f'…'`, and past `@`.
    private static func skipPrefix(_ text: ScannedText, _ index: Int) -> Int {
        let isPrefix = text[index].isLetter || text[index] == UInt8(ascii: "@")
        return isPrefix && isQuote(text[index + 1]) ? index + 1 : index
    }
}

/// Values of several lines.
extension AssignedValue {
    private static let mostBytes = 4 << 10
    private static let mostLines = 40

    /// What follows `|` or `>-` in YAML, three quotation marks, or `<<END`.
    private static func lines(in text: ScannedText, from index: Int, nameStart: Int) -> AssignedValue? {
        switch text[index] {
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            let mark = text.end(of: Alphabet("+-0123456789"), from: index + 1, atMost: 2)
            guard let first = nextLine(text, mark) else { return nil }
            let indentation = self.indentation(text, lineStart(text, nameStart))
            return collected(text, from: first) { self.indentation(text, $0.lowerBound) <= indentation }
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let mark = [UInt8](repeating: text[index], count: 3)
            guard text.has(mark, at: index), let first = nextLine(text, index + 3) else { return nil }
            return collected(text, from: first) { line in text.bytes[line].firstRange(of: mark) != nil }
        case UInt8(ascii: "<"):
            let word = text.end(of: Alphabet("<-~'\""), from: index, atMost: 5)
            let wordEnd = text.end(of: .word, from: word, atMost: 40)
            guard text.has("<<", at: index), wordEnd > word else { return nil }
            let end = Array(text.bytes[word..<wordEnd])
            guard let first = nextLine(text, text.end(of: Alphabet("'\""), from: wordEnd, atMost: 1)) else {
                return nil
            }
            return collected(text, from: first) { line in
                text.has(end, at: text.end(of: .space, from: line.lowerBound, atMost: 200))
            }
        default: return nil
        }
    }

    /// Where the value begins on the next line, further in than the name.
    private static func wrapped(_ text: ScannedText, _ index: Int, nameStart: Int) -> Int {
        guard let next = nextLine(text, index) else { return index }
        let indentation = self.indentation(text, lineStart(text, nameStart))
        let value = next + self.indentation(text, next)
        let isListItem = text[value] == UInt8(ascii: "-") && text[value + 1] == UInt8(ascii: " ")
        return value - next > indentation && !isListItem ? value : index
    }

    private static func collected(
        _ text: ScannedText, from first: Int, until isEnd: (Range<Int>) -> Bool
    ) -> AssignedValue? {
        var line = first
        var value: Range<Int>?
        var firstLine: Range<Int>?
        var count = 0
        while line < text.bytes.count, line - first < mostBytes, count < mostLines {
            count += 1
            var end = line
            while text[end] != 0x0a { end += 1 }
            let content = (line + min(indentation(text, line), end - line))..<end
            if !content.isEmpty {
                if isEnd(line..<end) { break }
                value = (value?.lowerBound ?? content.lowerBound)..<end
                firstLine = firstLine ?? content
                // Prose is none.
                if let firstLine, isProse(text.bytes[firstLine]) { return nil }
            }
            line = end + 1
        }
        guard let value, let firstLine else { return nil }
        return AssignedValue(value, firstLine: firstLine, isQuoted: true)
    }

    private static func isProse(_ line: ArraySlice<UInt8>) -> Bool {
        !line.contains(where: \.isDigit) || line.contains(UInt8(ascii: " "))
    }

    /// The line after this one, when nothing more is on it.
    private static func nextLine(_ text: ScannedText, _ index: Int) -> Int? {
        var end = text.end(of: .space, from: index, atMost: 40)
        if text[end] == 0x0d { end += 1 }
        return end < text.bytes.count && text[end] == 0x0a ? end + 1 : nil
    }

    private static func lineStart(_ text: ScannedText, _ index: Int) -> Int {
        var start = index
        while start > max(0, index - 200), text[start - 1] != 0x0a { start -= 1 }
        return start
    }

    private static func indentation(_ text: ScannedText, _ lineStart: Int) -> Int {
        text.end(of: .space, from: lineStart, atMost: 200) - lineStart
    }
}
