/// A line that a model wrote, as it may be shown.
enum ModelLine {
    /// Without control and format characters: nothing that a line of plain text needs.
    static func plain(_ line: Substring) -> String.UnicodeScalarView {
        String.UnicodeScalarView(
            line.unicodeScalars.filter { scalar in
                let category = scalar.properties.generalCategory
                return category != .control && category != .format
            })
    }
}
