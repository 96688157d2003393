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
