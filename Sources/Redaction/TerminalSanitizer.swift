/// ``TerminalText/sanitized(_:)`` for text that arrives in pieces, cut anywhere.
///
/// A control sequence ends at a newline at the latest, so that an unfinished one hides no more than its line.
package struct TerminalSanitizer: Sendable, Hashable {
    private enum State: Hashable {
        case text
        /// After ESC.
        case escape
        /// After ESC and an intermediate byte, as in `ESC ( B`.
        case escapeIntermediate
        /// In a control sequence: parameters until a final byte.
        case controlSequence
        /// In a string (OSC, DCS, APC, PM, SOS) until ST, or BEL.
        case controlString
    }

    private var state = State.text
    /// The last printed scalar can be joined to another by a zero-width joiner.
    private var isAfterEmoji = false
    /// A joiner came and is printed only if an emoji follows.
    private var holdsJoiner = false

    package init() {}

    /// What can be printed of the text so far and was not yet returned.
    package mutating func feed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { take(scalar, into: &result) }
        return String(result)
    }

    /// Ends the text. What is still held back, an unfinished sequence or a joiner without its emoji, is dropped.
    package mutating func finish() -> String {
        self = TerminalSanitizer()
        return ""
    }

    private mutating func take(_ scalar: Unicode.Scalar, into result: inout String.UnicodeScalarView) {
        if scalar == "\n" {
            state = .text
            isAfterEmoji = false
            holdsJoiner = false
            result.append(scalar)
            return
        }
        switch state {
        case .text: takeText(scalar, into: &result)
        case .escape: takeAfterEscape(scalar, into: &result)
        case .escapeIntermediate: if !(0x20...0x2f).contains(scalar.value) { state = .text }
        case .controlSequence: takeInSequence(scalar, into: &result)
        case .controlString: takeInString(scalar)
        }
    }

    private mutating func takeText(_ scalar: Unicode.Scalar, into result: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x1b: state = .escape
        case 0x9b: state = .controlSequence
        case 0x90, 0x98, 0x9d, 0x9e, 0x9f: state = .controlString
        case 0x200d:
            holdsJoiner = isAfterEmoji
        case _ where TerminalText.isHidden(scalar): return
        default:
            let isEmoji = TerminalText.isJoinable(scalar)
            if holdsJoiner, isEmoji { result.append("\u{200d}") }
            holdsJoiner = false
            isAfterEmoji = isEmoji || isAfterEmoji && TerminalText.isEmojiModifier(scalar)
            result.append(scalar)
        }
    }

    private mutating func takeAfterEscape(_ scalar: Unicode.Scalar, into result: inout String.UnicodeScalarView) {
        switch scalar {
        case "[": state = .controlSequence
        case "]", "P", "X", "^", "_": state = .controlString
        case "\u{1b}": state = .escape
        case "\u{20}"..."\u{2f}": state = .escapeIntermediate
        case "\u{30}"..."\u{7e}": state = .text
        default:
            state = .text
            takeText(scalar, into: &result)
        }
    }

    private mutating func takeInSequence(_ scalar: Unicode.Scalar, into result: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x1b: state = .escape
        case 0x40...0x7e: state = .text
        // Parameters and intermediates go on; other controls are carried out by terminals and change nothing here.
        case 0..<0x40, 0x7f: break
        // Nothing that belongs to a sequence: the terminal would give up too.
        default:
            state = .text
            takeText(scalar, into: &result)
        }
    }

    private mutating func takeInString(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x07, 0x9c, 0x18, 0x1a: state = .text
        // Ends the string, whether a backslash follows or another sequence.
        case 0x1b: state = .escape
        default: break
        }
    }
}
