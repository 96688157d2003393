/// Names as they are spoken: `parser dot swift`, `feature slash login`, `one point two`, `y m l`.
struct SpokenName {
    /// Put together, with signs for their words.
    let text: String
    /// A sign was said in words.
    let hasSign: Bool
    /// Two words follow each other without a sign between them.
    let hasGap: Bool
    /// Everything that was said is a sign, a number or a letter.
    let isSpelled: Bool

    init(_ tokens: ArraySlice<Token>, _ grammar: Grammar) {
        var text = ""
        var (hasSign, hasGap, isSpelled) = (false, false, true)
        var (afterWord, afterLetter) = (false, false)
        var index = tokens.startIndex
        while index < tokens.endIndex {
            let token = tokens[index]
            let pair = index + 1 < tokens.endIndex ? token.folded + "+" + tokens[index + 1].folded : ""
            if !token.isQuoted, let sign = grammar.spoken[pair] {
                text += sign
                hasSign = true
                (afterWord, afterLetter) = (false, false)
                index += 1
            } else if !token.isQuoted, tokens.count > 1, let sign = grammar.spoken[token.folded] {
                text += sign
                hasSign = hasSign || !sign.allSatisfy(\.isLetter)
                (afterWord, afterLetter) = (false, false)
            } else if tokens.count > 1, let number = NumberWords.number(at: index, in: tokens, grammar) {
                text += String(number.value)
                index = number.end - 1
                (afterWord, afterLetter) = (false, false)
            } else {
                text += token.written
                let isLetter = token.written.count == 1
                isSpelled = isSpelled && isLetter
                hasGap = hasGap || afterWord || (afterLetter && !isLetter)
                (afterWord, afterLetter) = (!isLetter, isLetter)
            }
            index += 1
        }
        (self.text, self.hasSign, self.hasGap, self.isSpelled) = (text, hasSign, hasGap, isSpelled)
    }
}
