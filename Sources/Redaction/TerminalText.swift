/// Text that a model or a repository wrote, made safe to print.
package enum TerminalText {
    /// Without control sequences (ESC, CSI, OSC, DCS, C1), carriage returns and other controls but newline and
    /// tab, without what turns the direction of text round, and without invisible characters.
    package static func sanitized(_ text: String) -> String {
        // Most text is plain; looking at bytes alone is much faster than at scalars.
        if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) || $0 == 0x0a || $0 == 0x09 }) { return text }
        var sanitizer = TerminalSanitizer()
        return sanitizer.feed(text) + sanitizer.finish()
    }

    /// The same characters made visible, `<U+001B>`, instead of taken out: for what a person is asked to approve.
    package static func revealed(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.value == 0x200d || isHidden(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a scalar moves the cursor, turns the text round or cannot be seen.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a: false
        case 0..<0x20, 0x7f..<0xa0: true
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width characters, marks of direction.
        case 0xad, 0x61c, 0x180e, 0x200b, 0x200c, 0x200e, 0x200f: true
        // Line and paragraph separators, embeddings, overrides, isolates, invisible operators.
        case 0x2028...0x202e, 0x2060...0x206f: true
        // Byte order mark, annotations, tags, the second plane of variation selectors: they carry hidden text.
        case 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe0fff: true
        default: false
        }
    }

    /// Whether a zero-width joiner may stand beside it.
    static func isJoinable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmoji && scalar.value > 0x7f
    }

    /// Skin tones and the choice of the coloured form, which stand between an emoji and its joiner.
    static func isEmojiModifier(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0xfe0f || (0x1f3fb...0x1f3ff).contains(scalar.value)
    }
}
