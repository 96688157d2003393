/// Paths in sentences: on one line, quoted as git quotes them where they hold what would break it.
package enum DisplayPath {
    package static func text(_ path: String) -> String {
        let needsQuotes = path.unicodeScalars.contains {
            $0.value < 0x20 || $0.value == 0x7f || $0 == "\"" || $0 == "\\"
        }
        guard needsQuotes else { return path }
        var text = "\""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let octal = String(scalar.value, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
