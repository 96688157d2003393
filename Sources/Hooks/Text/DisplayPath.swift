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
