/// Names that some file system, or some program, takes for another one.
enum ConfusableNames {
    /// Whether a component reaches git's directory on ext4, on a case-insensitive disk, on HFS+ or on NTFS.
    static func isGit(_ part: String) -> Bool {
        let plain = folded(part)
        if plain == ".git" { return true }
        // The short name NTFS makes for it.
        guard plain.hasPrefix("git~") else { return false }
        let number = plain.utf8.dropFirst(4)
        return !number.isEmpty && number.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether a component is Vocero's configuration of the work tree in any spelling.
    static func isConfiguration(_ part: String) -> Bool {
        let plain = folded(part)
        return plain == ".voceroconfig" || plain.hasPrefix("vocero~")
    }

    /// Without what HFS+ ignores and what URLs escape, for the check against `.` and `..`.
    static func stripped(_ part: String) -> String {
        var text = String.UnicodeScalarView(part.unicodeScalars.filter { !isIgnorable($0) })
        for _ in 0..<3 {
            guard let decoded = percentDecodedDots(text) else { break }
            text = decoded
        }
        return String(text)
    }

    /// In lower case, without ignorable characters, NTFS streams and the dots and spaces NTFS drops at the end.
    static func folded(_ part: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in part.unicodeScalars where !isIgnorable(scalar) {
            if scalar == ":" { break }
            text.append(scalar)
        }
        while let last = text.last, last == "." || last == " " { text.removeLast() }
        return String(text).lowercased()
    }

    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xad, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x206f, 0xfe00...0xfe0f, 0xfeff, 0x180e: true
        default: false
        }
    }

    private static func percentDecodedDots(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView? {
        let lower = String(text).lowercased()
        guard lower.utf8.count <= 32, lower.contains("%2") else { return nil }
        return lower.replacing("%25", with: "%").replacing("%2e", with: ".").unicodeScalars
    }
}
