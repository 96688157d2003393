/// Characters of a text that nobody sees.
enum UnseenCharacters {
    /// A text without what is not seen, on one line.
    static func removed(_ text: some StringProtocol) -> String {
        var seen = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isUnseen(scalar) {
            seen.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(seen)
    }

    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .privateUse, .lineSeparator, .paragraphSeparator: true
        // Fillers, selectors and the like that have a letter's or a mark's category.
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
