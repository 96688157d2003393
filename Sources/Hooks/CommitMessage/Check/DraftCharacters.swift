/// Refuses characters that are not seen, or that show a text otherwise than it is.
enum DraftCharacters {
    /// More marks over one letter nobody writes; a family in emoji has eleven scalars.
    private static let mostScalarsInOne = 16

    static func check(_ text: String) throws(DraftProblem) {
        for character in text where character.unicodeScalars.count > mostScalarsInOne {
            throw DraftProblem(reason: "it holds invisible characters")
        }
        var last: Unicode.Scalar = " "
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            if scalar != "\n", scalar != "\t", scalar.properties.generalCategory == .control {
                throw DraftProblem(reason: "it holds control characters")
            }
            let isHidden =
                switch scalar.value {
                // Emoji and several scripts join by these; Latin letters never do.
                case 0x200c, 0x200d: last.isASCII || next?.isASCII ?? true
                // How the character before is drawn.
                case 0xfe0e, 0xfe0f: last.properties.isVariationSelector
                default: UnseenCharacters.isUnseen(scalar)
                }
            if isHidden { throw DraftProblem(reason: "it holds invisible characters") }
            last = scalar
        }
    }
}
