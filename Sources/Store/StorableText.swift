/// A text as PostgreSQL can hold it. Its `text` refuses NUL: the column gets U+FFFD in its place, and the
/// original is kept beside it.
package struct StorableText {
    package let column: String
    /// Set only when `column` is not the whole truth.
    package let original: String?

    package init(_ text: String) {
        if text.utf8.contains(0) {
            column = StorableText.visible(text)
            original = text
        } else {
            column = text
            original = nil
        }
    }

    /// The text with each NUL replaced: for names and reasons, which nobody needs back with it.
    package static func visible(_ text: String) -> String {
        guard text.utf8.contains(0) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(scalar == "\0" ? "\u{fffd}" : scalar) }
        return String(scalars)
    }
}
