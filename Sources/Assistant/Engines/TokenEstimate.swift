/// How many tokens a text is, without a model's tokenizer: an upper guess, for budgets.
///
/// Byte-pair encoders give English prose about four bytes a token, code and Spanish about three, and scripts
/// outside Latin about one token a scalar. Counted: a token for each three ASCII bytes begun, and one for each
/// scalar beyond ASCII.
package enum TokenEstimate {
    package static func tokens(in text: some StringProtocol) -> Int {
        var ascii = 0
        var other = 0
        for byte in text.utf8 {
            if byte < 0x80 { ascii += 1 } else if byte >= 0xc0 { other += 1 }
        }
        return (ascii + 2) / 3 + other
    }

    /// The longest beginning of a text within a number of tokens, cut at a line when there is one.
    package static func prefix(of text: String, tokens limit: Int) -> Substring {
        guard tokens(in: text) > limit else { return text[...] }
        var ascii = 0
        var other = 0
        var end = text.startIndex
        var lineEnd: String.Index?
        for index in text.indices {
            let character = text[index]
            for byte in character.utf8 { if byte < 0x80 { ascii += 1 } else if byte >= 0xc0 { other += 1 } }
            if (ascii + 2) / 3 + other > limit { break }
            end = text.index(after: index)
            if character == "\n" { lineEnd = end }
        }
        return text[..<(lineEnd ?? end)]
    }
}
