/// Paths in sentences: on one line, quoted as git quotes them where they hold what would break it or mislead a reader.
package enum DisplayPath {
    package static func text(_ path: String) -> String {
        let needsQuotes = path.unicodeScalars.contains { $0 == "\"" || $0 == "\\" || HiddenCharacter.isHidden($0) }
        guard needsQuotes else { return path }
        var text = "\""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where HiddenCharacter.isHidden(scalar): text += octal(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// Of each byte three digits.
    private static func octal(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf8.map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
    }
}

/// Characters that nobody sees, or that make others look like something else.
enum HiddenCharacter {
    /// Joiners inside emoji and scripts that need them are format characters, too; these alone hide or turn text.
    private static let format: Set<UInt32> = [0xad, 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff, 0x61c]

    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .privateUse, .lineSeparator, .paragraphSeparator: true
        default:
            format.contains(scalar.value) || (0x202a...0x202e).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value) || (0xe0000...0xe007f).contains(scalar.value)
        }
    }
}
