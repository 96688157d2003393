extension String {
    /// Without blanks around it.
    var trimmingEnds: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// Without blanks at the end of a line, its tabs as blanks.
    var trimmingEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text).replacing("\t", with: "    ")
    }
}
