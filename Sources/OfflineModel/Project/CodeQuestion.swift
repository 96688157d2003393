internal import Settings
internal import Tools

/// Where in the code the words of a question come together.
enum CodeQuestion {
    struct Place: Sendable, Hashable {
        let path: String
        /// From 1: the line with most of the words, the earliest of them.
        let line: Int
        let text: String
        var score: Int
    }

    private static let mostWords = 4
    private static let vague: Set<String> = [
        "logic", "code", "function", "method", "class", "implementation", "handled", "handling", "part", "logica",
        "codigo", "funcion", "metodo", "clase", "implementacion", "parte", "errors", "the", "and", "for", "los", "las",
        "del", "una", "que", "con", "our", "all", "para", "nuestra", "nuestro", "file", "archivo", "el", "la", "de",
        "of",
    ]

    /// What is worth looking for: names rather than words such as `logic`, in the singular.
    static func words(of question: String, _ language: Language) -> [String] {
        let all = question.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init).filter { $0.count > 1 }
        let telling = all.filter { !vague.contains(Folding.folded($0)) }
        return Array((telling.isEmpty ? all : telling).prefix(mostWords)).map(stem)
    }

    /// `errors` is also found as `error`.
    private static func stem(_ word: String) -> String {
        word.count > 4 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }

    static func places(in found: [FoundLines], of words: [String]) -> [Place] {
        var lines: [String: [Int: (text: String, words: Set<Int>)]] = [:]
        var files: [String: Set<Int>] = [:]
        for (index, matches) in found.enumerated() {
            for match in matches.matches {
                lines[match.path, default: [:]][match.line, default: (match.text, [])].words.insert(index)
                files[match.path, default: []].insert(index)
            }
        }
        let places = files.compactMap { path, inFile -> Place? in
            guard
                let best = lines[path]?.min(by: {
                    rank($0.value) > rank($1.value) || rank($0.value) == rank($1.value) && $0.key < $1.key
                })
            else { return nil }
            let named = words.count { Folding.folded(path).contains(Folding.folded($0)) }
            let score = inFile.count * 100 + named * 60 + rank(best.value) * 10 + min(9, lines[path]?.count ?? 0)
            return Place(path: path, line: best.key, text: best.value.text, score: score)
        }
        return places.sorted { ($1.score, $0.path) < ($0.score, $1.path) }
    }

    /// More words in a line, and a line that defines something, go first.
    private static func rank(_ line: (text: String, words: Set<Int>)) -> Int {
        let definitions = [
            "func ", "class ", "struct ", "def ", "enum ", "protocol ", "function ", "fn ", "type ", "interface ",
        ]
        return line.words.count * 2 + (definitions.contains { line.text.contains($0) } ? 1 : 0)
    }
}
