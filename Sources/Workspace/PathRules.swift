/// What a component of a path must not be.
enum PathRules {
    /// Rules of a path's first component: what other programs take for a home directory or a drive.
    static func checkFirst(_ part: String, hasMore: Bool, of text: String) throws(WorkspaceError) {
        let bytes = Array(part.utf8)
        if bytes.first == UInt8(ascii: "~"), hasMore || bytes.count == 1 {
            throw .outside(text, "names a home directory; name it from the workspace's root")
        }
        if bytes.count >= 2, bytes[1] == UInt8(ascii: ":"), isLetter(bytes[0]) {
            throw .outside(text, "names a drive; name it from the workspace's root")
        }
    }

    /// Rules of every component.
    static func check(_ part: String, of text: String) throws(WorkspaceError) {
        if part.isEmpty { throw .invalidPath(text, "has an empty component or ends in a slash") }
        if part.utf8.count > 255 { throw .invalidPath(text, "has a component longer than 255 bytes") }
        if let scalar = part.unicodeScalars.first(where: isForbidden) {
            throw .invalidPath(text, "has the character U+\(hexadecimal(scalar.value)), which no name may hold")
        }
        let plain = ConfusableNames.stripped(part)
        if plain == "." || plain == ".." { throw .outside(text, "has the component \(part)") }
        if ConfusableNames.isGit(part) { throw .outside(text, "names git's own directory") }
    }

    /// Control characters, line and paragraph separators, what turns the direction of text round, the backslash.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x5c, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x206f, 0xfff9...0xfffb: true
        case 0xe0000...0xe007f: true
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension WorkspaceError {
    static func invalidPath(_ text: String, _ why: String) -> WorkspaceError {
        WorkspaceError(.invalidPath, "The path \(quoted(text)) \(why).")
    }

    static func closed(_ path: WorkspacePath) -> WorkspaceError {
        .outside(path.description, "is Vocero's own, which no tool sees")
    }

    static func outside(_ text: String, _ why: String) -> WorkspaceError {
        WorkspaceError(.outside, "The path \(quoted(text)) \(why).")
    }

    /// A name in quotation marks, without control characters and at most 120 characters long.
    static func quoted(_ text: String) -> String {
        let short = text.unicodeScalars.prefix(120)
        var result = "\""
        for scalar in short {
            result += scalar.escaped(asASCII: scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value))
        }
        return result + (short.endIndex == text.unicodeScalars.endIndex ? "\"" : "…\"")
    }
}
