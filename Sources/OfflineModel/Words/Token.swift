/// A word of a request.
struct Token: Sendable, Hashable {
    /// As it was written, without punctuation around it.
    let written: String
    /// Lower case, without accents.
    let folded: String
    /// Where it stands in the request, in bytes; words of a contraction share their place.
    let bytes: Range<Int>
    /// It stood in quotes: free text or a name, and never a word of the grammar.
    let isQuoted: Bool

    init(_ written: String, bytes: Range<Int>, isQuoted: Bool = false) {
        self.written = written
        self.bytes = bytes
        self.isQuoted = isQuoted
        folded = Folding.folded(written)
    }
}
