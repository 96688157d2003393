internal import Settings

/// The language of a request that fits no sentence.
enum LanguageGuess {
    private static let spanishWords: Set<String> = [
        "el", "la", "los", "las", "de", "del", "que", "en", "un", "una", "con", "por", "para", "al", "lo", "mis", "mi",
        "se", "hay",
        "crea", "borra", "haz", "dime", "muestra", "lista", "busca", "lee", "ayuda", "sube", "trae", "cierra", "abre",
        "guarda", "quien",
        "cuando", "cuantos", "donde", "como", "cual", "desde", "hasta", "rama", "ramas", "etiquetas", "archivos",
        "estado",
    ]

    /// A first look, without a grammar.
    static func looksSpanish(_ request: String) -> Bool {
        let start = request.prefix(300)
        if start.contains(where: { "¿¡ñáéíóúü".contains($0) }) { return true }
        return start.split { !$0.isLetter }.contains { spanishWords.contains($0.lowercased()) }
    }

    static func language(of request: String) -> Language {
        func known(_ grammar: Grammar) -> Int {
            RequestText(request, expansions: grammar.expansions, mostTokens: 60).tokens.count { token in
                grammar.has(token.folded) || grammar.reserved.contains(token.folded)
            }
        }
        let (english, spanish) = (known(Grammars.english), known(Grammars.spanish))
        if english == spanish { return request.contains { "¿¡ñáéíóú".contains($0) } ? .spanish : .english }
        return spanish > english ? .spanish : .english
    }
}
