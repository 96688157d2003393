internal import JSON

/// Reads the value of one line of front matter: a scalar, or a list of scalars in brackets.
struct FrontMatterScalar {
    private var rest: ArraySlice<UInt8>
    private let line: Int
    /// In brackets a comma ends a plain scalar too.
    private var isInList = false

    private init(_ text: ArraySlice<UInt8>, line: Int) {
        rest = text
        self.line = line
    }

    static func field(_ key: String, _ text: ArraySlice<UInt8>, _ line: Int) throws(OptionProblem) -> OptionField {
        guard !text.isEmpty, text.first != UInt8(ascii: "#") else {
            return OptionField(key: key, value: .null, line: line)
        }
        var reader = FrontMatterScalar(text, line: line)
        if text.first == UInt8(ascii: "[") {
            return OptionField(key: key, value: .array(try reader.list()), line: line)
        }
        let (value, spelling) = try reader.scalar()
        try reader.end()
        return OptionField(key: key, value: value, spelling: spelling, line: line)
    }

    static func item(_ line: FrontMatterLine) throws(OptionProblem) -> JSON {
        let text = line.content.dropFirst().trimmedAtStart
        guard text.first != UInt8(ascii: "[") else { throw line.problem("lists in lists are not read here") }
        return try field("", text, line.number).value
    }

    private func problem(_ message: String) -> OptionProblem { OptionProblem(line: line, message: message) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func end() throws(OptionProblem) {
        let isSpaced = rest.first == 0x20 || rest.first == 0x09
        rest = rest.trimmedAtStart
        guard rest.isEmpty || (isSpaced && rest.first == UInt8(ascii: "#")) else {
            throw problem("\(PromptText.quoted(String(decoding: rest, as: UTF8.self))) follows the value")
        }
    }

    private mutating func list() throws(OptionProblem) -> [JSON] {
        isInList = true
        rest.removeFirst()
        var items: [JSON] = []
        while true {
            rest = rest.trimmedAtStart
            if take("]") { break }
            guard !rest.isEmpty, rest.first != UInt8(ascii: ",") else {
                throw problem("the list has no end, or a hole")
            }
            items.append(try scalar().value)
            rest = rest.trimmedAtStart
            guard take(",") || rest.first == UInt8(ascii: "]") else {
                throw problem("a comma or the end of the list should be here")
            }
        }
        try end()
        return items
    }

    private mutating func scalar() throws(OptionProblem) -> (value: JSON, spelling: String?) {
        switch rest.first.map({ Character(Unicode.Scalar($0)) }) {
        case "\"": return (.string(try doubleQuoted()), nil)
        case "'": return (.string(try singleQuoted()), nil)
        case "&", "*": throw problem("anchors and aliases are not read here; put the value in quotes if it is text")
        case "!": throw problem("tags are not read here; put the value in quotes if it is text")
        case "|", ">": throw problem("texts over several lines are not read here")
        case "{": throw problem("objects in braces are not read here; write limits with one key a line below it")
        case "[": throw problem("lists in lists are not read here")
        case "%", "@", "`", "]", "}", ",": throw problem("a value that begins so must be in quotes")
        default: return try plain()
        }
    }

    private mutating func plain() throws(OptionProblem) -> (value: JSON, spelling: String?) {
        var end = rest.startIndex
        while end < rest.endIndex {
            let byte = rest[end]
            let isLast = end + 1 == rest.endIndex
            if byte == UInt8(ascii: "#"), end > rest.startIndex, rest[end - 1] == 0x20 || rest[end - 1] == 0x09 {
                break
            }
            if byte == UInt8(ascii: ":"), isLast || rest[end + 1] == 0x20 || rest[end + 1] == 0x09 {
                throw problem("a key in the value: put the value in quotes if it is text")
            }
            if isInList, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") { break }
            if isInList, byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                throw problem("a value with brackets or braces must be in quotes")
            }
            end += 1
        }
        let content = rest[..<end].trimmedAtEnd
        if content.count == 1, content.first == UInt8(ascii: "-") || content.first == UInt8(ascii: "?") {
            throw problem("a value should be here")
        }
        if content.starts(with: "- ".utf8) || content.starts(with: "? ".utf8) {
            throw problem("a list begins on a line of its own")
        }
        rest = rest[end...]
        // The comment's sign was only told from text by the space before it.
        if rest.first == UInt8(ascii: "#") { rest = rest[rest.endIndex...] }
        let text = String(decoding: content, as: UTF8.self)
        return (Self.value(of: text), text)
    }

    private static func value(of text: String) -> JSON {
        switch text {
        case "null", "Null", "NULL", "~": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
            text.utf8.contains(where: { $0 < 0x3a && $0 > 0x2f })
        else { return .string(text) }
        if let number = Int(text) { return .integer(number) }
        return Double(text).map { .number($0) } ?? .string(text)
    }

    private mutating func singleQuoted() throws(OptionProblem) -> String {
        rest.removeFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "'") {
                text.append(byte)
            } else if take("'") {
                text.append(byte)
            } else {
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw problem("the closing ' is missing on this line")
    }

    private mutating func doubleQuoted() throws(OptionProblem) -> String {
        rest.removeFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escaped()
            default: text.append(byte)
            }
        }
        throw problem("the closing \" is missing on this line")
    }

    private mutating func escaped() throws(OptionProblem) -> [UInt8] {
        guard let byte = rest.popFirst() else { throw problem("the closing \" is missing on this line") }
        switch Character(Unicode.Scalar(byte)) {
        case "\"", "\\", "/": return [byte]
        case "n": return [0x0a]
        case "t": return [0x09]
        case "r": return [0x0d]
        case "x": return try scalar(digits: 2)
        case "u": return try scalar(digits: 4)
        case "U": return try scalar(digits: 8)
        default: throw problem("an escape that is not read here; write \\\\ for a backslash")
        }
    }

    private mutating func scalar(digits: Int) throws(OptionProblem) -> [UInt8] {
        let given = rest.prefix(digits)
        rest = rest.dropFirst(digits)
        guard given.count == digits, given.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: given, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(code)
        else { throw problem("an escape that is no character") }
        return Array(String(Character(scalar)).utf8)
    }
}
