internal import Settings

/// The offline planner understands and answers in both.
extension Language {
    private static let spanishWords: Set<String> = [
        "el", "la", "los", "las", "de", "del", "que", "en", "un", "una", "con", "por", "para", "y", "al", "sobre",
        "desde",
        "entre", "quien", "quienes", "cual", "cuales", "cuantos", "donde", "como", "ultimos", "ultimo", "ultimas",
        "crea",
        "resume", "resumen", "muestra", "muestrame", "lista", "busca", "borra", "elimina", "lee", "abre", "archivo",
        "archivos", "rama", "ramas", "etiquetas", "estado", "autores", "ayuda", "cambio", "cambios", "anade", "agrega",
        "haz", "dime", "hoy", "ayer", "semana", "mes", "mensaje",
    ]
    private static let englishWords: Set<String> = [
        "the", "of", "what", "who", "which", "how", "in", "a", "an", "with", "by", "for", "and", "to", "about", "since",
        "between", "last", "create", "summarize", "summarise", "show", "list", "find", "search", "delete", "remove",
        "read",
        "open", "file", "files", "branch", "branches", "tags", "status", "authors", "help", "changed", "changes",
        "append",
        "add", "make", "tell", "today", "yesterday", "week", "month", "message", "is", "are", "did",
    ]

    /// The one whose little words are more; English when there are none.
    init(of words: RequestWords) {
        let spanish = words.plain.count { Self.spanishWords.contains($0) }
        let english = words.plain.count { Self.englishWords.contains($0) }
        let hasSpanishSigns = words.text.contains { "¿¡ñ".contains($0) }
        self = spanish > english || (hasSpanishSigns && spanish == english) ? .spanish : .english
    }

    /// Picks the text of this language.
    func pick(_ english: String, _ spanish: String) -> String { self == .english ? english : spanish }
}
