extension IntentReader {
    func authorship() -> Intent? {
        let asksWho = words.has("who", "quien", "quienes", "whose")
        if asksWho, let path = fileName() {
            let last = words.has(
                "last", "ultima", "ultimo", "changed", "modified", "edited", "touched", "cambio", "modifico", "edito",
                "toco")
            let wrote = words.has("wrote", "written", "escribio", "authors", "autores", "hizo")
            return last && !wrote ? .lastChange(path: path) : .authorsOfFile(path: path)
        }
        let asksAuthors = words.has(
            "authors", "contributors", "autores", "contribuidores", "colaboradores", "contributed", "contribuyo")
        if asksAuthors || (asksWho && words.has("wrote", "works", "worked", "escribio", "trabaja", "trabajo")) {
            return .contributors
        }
        let counts = ["how many commits", "cuantos commits", "cuantas confirmaciones", "number of commits"].contains(
            where: words.hasPhrase)
        return counts ? .countCommits : nil
    }

    func comparing() -> Intent? {
        let differs = words.has(
            "changed", "change", "changes", "difference", "differences", "diff", "cambio", "cambios", "cambiado",
            "diferencia",
            "diferencias", "compare", "compara")
        if let (from, to) = twoRefs(), differs || words.has("between", "entre") {
            return .changes(from: from, to: to, path: fileName(except: [from, to]))
        }
        let asksWhat = words.has(
            "what", "que", "show", "muestra", "muestrame", "how", "como", "history", "historia", "historial",
            "summarize", "summarise", "resume")
        if differs || words.has("history", "historial", "historia"), asksWhat, let path = fileName() {
            return .fileHistory(path: path)
        }
        return nil
    }

    func history() -> Intent? {
        let commitWords: Set<String> = [
            "commit", "commits", "log", "historial", "historia", "history", "confirmacion", "confirmaciones",
        ]
        let changeWords: Set<String> = [
            "changed", "change", "changes", "happened", "cambio", "cambios", "cambiado", "paso", "work", "trabajo",
            "done", "hecho", "hizo", "did",
        ]
        let dates = DatePhrase(in: words, now: now)
        let range = sinceRef().map { "\($0)..HEAD" }
        let pending =
            words.has("uncommitted", "pending", "unstaged", "staged", "pendiente", "pendientes")
            || ["sin confirmar", "working tree", "not committed"].contains(where: words.hasPhrase)
        if pending { return words.has("diff", "changes", "cambios", "changed") ? .uncommitted : .status }
        if words.has(commitWords) || (words.has(changeWords) && (dates != nil || range != nil || author() != nil)) {
            let count = NumberWords.count(of: Self.commitNouns, in: words) ?? singular(of: commitWords)
            return .log(Intent.LogQuery(count: count, author: author(), dates: dates, range: range))
        }
        if words.has("happened", "paso", "activity", "actividad") { return .log(Intent.LogQuery(dates: dates)) }
        return words.has(changeWords) && words.words.count <= 5 ? .uncommitted : nil
    }

    /// `the last commit` asks for one.
    private func singular(of nouns: Set<String>) -> Int? {
        let singular = words.has("commit", "confirmacion")
        return singular && words.has("last", "latest", "ultimo", "ultima") ? 1 : nil
    }

    func listing() -> Intent? {
        if words.has("status", "estado", "state") { return .status }
        if words.has(Self.branchNouns) { return .branches(tags: words.has(Self.tagNouns)) }
        if words.has(Self.tagNouns) { return .tags }
        if words.has("remote", "remotes", "remoto", "remotos") { return .remotes }
        return nil
    }

    /// The person behind `by`, `from`, `por`, `de`.
    func author() -> String? {
        let ends: Set<String> = [
            "since", "in", "from", "on", "last", "this", "desde", "en", "esta", "este", "during", "the", "el", "la",
            "today", "hoy", "yesterday", "ayer", "and", "y", "between", "entre", "to",
        ]
        for (index, word) in words.plain.enumerated()
        where ["by", "por", "de", "from", "author", "autor"].contains(word) {
            let names = words.words[(index + 1)...].prefix {
                // `by Author Two since Monday`: a number word with a capital is part of the name.
                !ends.contains($0.plain)
                    && (NumberWords.value(of: $0.plain) == nil || $0.written.first?.isUppercase == true)
            }
            guard let first = names.first else { continue }
            let isName = first.isQuoted || first.written.first?.isUppercase == true || first.written.contains("@")
            guard isName || word == "by" || word.hasPrefix("aut"), !Self.commitNouns.contains(first.plain) else {
                continue
            }
            guard !Self.isRef(first), !first.plain.contains("/") else { continue }
            return RequestWords(words: Array(names)).content.trimmingEndPunctuation()
        }
        return nil
    }

    /// `since v1.0`, `desde main`: a ref, where a day would also be possible.
    private func sinceRef() -> String? {
        guard
            let word = words.rest(behind: ["since", "desde la", "desde el", "desde"])?.words.first(where: {
                !Self.articles.contains($0.plain)
            })
        else {
            return nil
        }
        return Self.isRef(word) ? word.written.trimmingEndPunctuation() : nil
    }

    /// `between A and B`, `entre A y B`, `from A to B`, `de A a B`, `A..B`.
    private func twoRefs() -> (String, String)? {
        for word in words.words {
            if let dots = word.written.firstRange(ofDots: ()) {
                let from = String(word.written[..<dots.lowerBound])
                let to = String(word.written[dots.upperBound...]).trimmingEndPunctuation()
                if !from.isEmpty && !to.isEmpty { return (from, to) }
            }
        }
        for (start, join) in [
            ("between", ["and"]), ("entre", ["y", "e"]), ("from", ["to"]), ("de", ["a"]),
            ("compare", ["with", "and", "to"]), ("compara", ["con", "y"]),
        ] {
            guard let rest = words.rest(behind: [start]) else { continue }
            guard let middle = rest.plain.firstIndex(where: join.contains), middle > 0, middle + 1 < rest.words.count
            else { continue }
            let from = rest.words[..<middle].last { !Self.articles.contains($0.plain) }
            let to = rest.words[(middle + 1)...].first { !Self.articles.contains($0.plain) }
            guard let from, let to else { continue }
            if start == "from" || start == "de", !(Self.isRef(from) && Self.isRef(to)) { continue }
            return (from.written.trimmingEndPunctuation(), to.written.trimmingEndPunctuation())
        }
        return nil
    }

    static let articles: Set<String> = [
        "the", "a", "an", "el", "la", "los", "las", "un", "una", "version", "tag", "branch", "rama", "etiqueta",
        "commit", "ref", "file", "archivo", "fichero",
    ]

    /// Looks like a tag, a branch with a slash, a commit id or a relative name.
    static func isRef(_ word: RequestWords.Word) -> Bool {
        let name = word.plain
        if word.isQuoted { return true }
        if name.hasPrefix("head") || ["main", "master", "develop"].contains(name) || name.contains("~")
            || name.contains("^")
        {
            return true
        }
        if name.first == "v", name.dropFirst().first?.isNumber == true { return true }
        if name.hasPrefix("origin/") || name.hasPrefix("refs/") { return true }
        let isDay = name.count == 10 && name.split(separator: "-").count == 3
        if name.contains("."), name.allSatisfy({ $0.isNumber || $0 == "." }) { return true }
        return !isDay && name.count >= 7 && name.allSatisfy(\.isHexDigit) && name.contains(where: \.isNumber)
    }
}

extension String {
    func trimmingEndPunctuation() -> String {
        var text = Substring(self)
        while let last = text.last, ".,;:!?".contains(last) { text.removeLast() }
        return String(text)
    }

    /// `..` or `...` between two other parts.
    func firstRange(ofDots: Void) -> Range<String.Index>? {
        guard let found = self.firstRange(of: ".."), found.lowerBound > startIndex else { return nil }
        let end = self[found.lowerBound...].firstIndex { $0 != "." } ?? endIndex
        let dots = distance(from: found.lowerBound, to: end)
        return (dots == 2 || dots == 3) && end < endIndex ? found.lowerBound..<end : nil
    }
}
