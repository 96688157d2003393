/// A name for a message: control characters replaced, at most 120 characters.
func printable(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(120).map { $0.properties.generalCategory == .control ? "\u{fffd}" : $0 }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
}
