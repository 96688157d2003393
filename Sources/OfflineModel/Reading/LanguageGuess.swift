internal import Settings

/// The language of a request that fits no sentence.
enum LanguageGuess {
    static func language(of request: String) -> Language {
        func known(_ grammar: Grammar) -> Int {
            RequestText(request, expansions: grammar.expansions, mostTokens: 60).tokens.count { token in
                grammar.wordsByFolded[token.folded] != nil || grammar.reserved.contains(token.folded)
            }
        }
        let (english, spanish) = (known(Grammars.english), known(Grammars.spanish))
        if english == spanish { return request.contains { "¿¡ñáéíóú".contains($0) } ? .spanish : .english }
        return spanish > english ? .spanish : .english
    }
}
