/// Where the sections of a text in git's configuration syntax begin, which the parser does not say: sections of one name
/// are one to git, and two grants to a policy.
enum ConfigurationSections {
    /// The name of an entry that stands first in each section.
    static let mark = "vocero-section-begins"

    /// The text with such an entry behind each section's head.
    static func marked(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isContinued = false
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
            let line = bytes[start..<end]
            start = end
            let first = line.first { $0 != 0x20 && $0 != 0x09 }
            if !isContinued, first == UInt8(ascii: "["), let close = headEnd(line) {
                result += line[...close]
                result += "\n\(mark) = true\n".utf8
                result += line[(close + 1)...]
                isContinued = isContinuing(line[(close + 1)...])
            } else {
                result += line
                // A comment goes on nowhere.
                isContinued = first != UInt8(ascii: "#") && first != UInt8(ascii: ";") && isContinuing(line)
            }
        }
        return result
    }

    /// The bracket that ends a head: one in quotation marks is a part of the name.
    private static func headEnd(_ line: ArraySlice<UInt8>) -> Int? {
        var isQuoted = false
        var isEscaped = false
        for index in line.indices {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch line[index] {
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "]") where !isQuoted: return index
            default: break
            }
        }
        return nil
    }

    private static func isContinuing(_ line: ArraySlice<UInt8>) -> Bool {
        var rest = line
        while let last = rest.last, last == 0x0a || last == 0x0d { rest.removeLast() }
        return rest.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }
}
