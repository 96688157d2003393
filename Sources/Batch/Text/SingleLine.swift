/// Text of any kind on one line of a terminal.
package enum SingleLine {
    /// Without control, format and direction characters, white space made spaces, cut with `…` at a number of columns.
    package static func of(_ text: String, columns limit: Int) -> String {
        var shown = ""
        var width = 0
        var beforeLast = (shown: "", width: 0)
        for scalar in text.unicodeScalars {
            var scalar = scalar
            if scalar.properties.isWhitespace { scalar = " " } else if isHidden(scalar) { continue }
            let columns = columns(of: scalar)
            if width + columns > limit {
                // Room for the sign that it was cut.
                guard limit > 0 else { return "" }
                return beforeLast.shown + "…"
            }
            shown.unicodeScalars.append(scalar)
            width += columns
            if width < limit { beforeLast = (shown, width) }
        }
        return shown
    }

    static func columns(of text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + columns(of: $1) } }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        return switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
            2
        default: scalar.value < 0x1100 ? 1 : (scalar.properties.isEmojiPresentation ? 2 : 1)
        }
    }
}
