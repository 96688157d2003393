internal import Settings

extension MessageStyle {
    /// The style of up to 100 messages, newest first. What tools write (merges, reverts, fixups, bots) is passed over.
    package static func learned(from messages: [(subject: String, body: String)]) -> MessageStyle {
        let usable = messages.prefix(100).filter { !isWrittenByTool($0.subject) }
        var style = MessageStyle()
        guard !usable.isEmpty else { return style }
        let subjects = usable.map(\.subject)
        let conventional = subjects.compactMap { ConventionalSubject($0) }
        let isMost = { (count: Int) in count * 5 >= subjects.count * 3 }
        style.isConventional = isMost(conventional.count)
        if style.isConventional {
            style.types = ranked(conventional.map(\.type))
            let scopes = conventional.compactMap(\.scope)
            // Only words: a scope goes to the model, and anybody may have written it.
            let isUsual = scopes.count * 3 >= conventional.count
            if isUsual { style.scopes = ranked(scopes.filter(isScope)) }
        } else if isMost(subjects.count { hasTicket($0) }) {
            style.prefix = .ticket
        } else if isMost(subjects.count { hasArea($0) }) {
            style.prefix = .area
        }
        let texts = style.isConventional ? conventional.map(\.text) : subjects.map { withoutPrefix($0) }
        style.language = LanguageGuess.language(of: texts + usable.map { prose(of: $0.body) })
        style.mood = LanguageGuess.mood(of: texts)
        style.longestSubject = bound(subjects.map(\.count))
        let letters = texts.compactMap { $0.first { $0.isLetter } }
        style.startsUpperCase = letters.count { $0.isUppercase } * 2 > letters.count || letters.isEmpty
        style.endsWithFullStop = subjects.count { $0.hasSuffix(".") } * 2 > subjects.count
        style.shareWithBody = Double(usable.count { hasProse($0.body) }) / Double(usable.count)
        style.trailers = trailers(of: usable.map(\.body))
        style.examples = subjects.prefix(3).map { UnseenCharacters.removed($0.prefix(200)) }
        return style
    }

    private static func isScope(_ scope: String) -> Bool {
        scope.count <= 30 && scope.allSatisfy { $0.isLetter || $0.isNumber || "-_./,".contains($0) }
    }

    /// Of the body's beginning what is no trailer: `Signed-off-by` is English in every language.
    private static func prose(of body: String) -> String {
        body.prefix(500).split(separator: "\n").filter { trailerKey(of: $0) == nil }.joined(separator: " ")
    }

    private static func isWrittenByTool(_ subject: String) -> Bool {
        // Some bots begin with a picture.
        let text = subject.lowercased().drop { !$0.isLetter && $0 != "[" }
        return toolFronts.contains { text.hasPrefix($0) }
    }

    private static let toolFronts = [
        "merge ", "revert ", "revert: ", "revert(", "fixup!", "squash!", "amend!", "bump ", "build(deps", "chore(deps",
        "fix(deps", "ci(deps", "deps: ", "update dependency ", "update module ", "update rust crate ",
        "update actions/", "lock file maintenance", "initial commit", "chore(release)", "[pre-commit.ci]",
        "translated using weblate", "fusiona ", "revierte ",
    ]

    private static func ranked(_ words: [String]) -> [String] {
        let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// Room for nine in ten, between 50 and 100.
    private static func bound(_ lengths: [Int]) -> Int {
        let sorted = lengths.sorted()
        let high = sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
        return max(50, min(100, sorted.count < 5 ? max(72, high) : high))
    }

    /// `ABC-123: …` or `#123 …`.
    private static func hasTicket(_ subject: String) -> Bool {
        let word = subject.prefix { !$0.isWhitespace && $0 != ":" }.drop { "[(".contains($0) }
        let parts = word.split(separator: "-")
        if word.hasPrefix("#") { return word.dropFirst().first?.isNumber ?? false }
        return parts.count == 2 && parts[0].allSatisfy(\.isUppercase) && (parts[1].first?.isNumber ?? false)
    }

    /// `parser: …`, `cmd/go: …`.
    private static func hasArea(_ subject: String) -> Bool {
        guard let colon = subject.firstRange(of: ": ") else { return false }
        let area = subject[..<colon.lowerBound]
        return !area.isEmpty && area.count <= 30 && !area.contains(" ")
    }

    private static func withoutPrefix(_ subject: String) -> String {
        guard hasArea(subject) || hasTicket(subject), let colon = subject.firstRange(of: ": ") else { return subject }
        return String(subject[colon.upperBound...])
    }

    private static func hasProse(_ body: String) -> Bool {
        body.split(separator: "\n").contains { trailerKey(of: $0) == nil }
    }

    private static func trailers(of bodies: [String]) -> [String] {
        let keys = bodies.flatMap { body in Set(body.split(separator: "\n").suffix(6).compactMap(trailerKey)) }
        let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.filter { $0.value * 2 >= bodies.count }.map(\.key).sorted()
    }

    /// The key of `Signed-off-by: …`.
    private static func trailerKey(of line: Substring) -> String? {
        guard let colon = line.firstRange(of: ": "), let first = line.first, first.isUppercase else { return nil }
        let key = line[..<colon.lowerBound]
        let isKey = key.allSatisfy { $0.isLetter || $0 == "-" } && (key.contains("-") || ["Refs", "Cc"].contains(key))
        return isKey ? String(key) : nil
    }
}

/// `type(scope)!: text`.
struct ConventionalSubject {
    let type: String
    let scope: String?
    let text: String

    private static let types: Set<String> = [
        "feat", "fix", "docs", "style", "refactor", "perf", "test", "tests", "build", "ci", "chore", "revert", "deps",
        "release", "wip", "i18n", "security", "feature", "bugfix", "hotfix",
    ]

    init?(_ subject: String) {
        guard let colon = subject.firstRange(of: ": ") else { return nil }
        var front = subject[..<colon.lowerBound]
        if front.hasSuffix("!") { front = front.dropLast() }
        var scope: String?
        if front.hasSuffix(")"), let open = front.firstIndex(of: "(") {
            scope = String(front[front.index(after: open)...].dropLast())
            front = front[..<open]
        }
        guard Self.types.contains(front.lowercased()) else { return nil }
        type = front.lowercased()
        self.scope = scope
        text = String(subject[colon.upperBound...])
    }
}

/// English or Spanish, imperative or past, by the little words and the endings.
enum LanguageGuess {
    private static let spanish: Set<String> = [
        "el", "la", "los", "las", "de", "del", "que", "en", "un", "una", "con", "por", "para", "y", "al", "se", "no",
        "añade", "agrega", "corrige", "arregla", "elimina", "quita", "actualiza", "mejora", "cambia", "crea", "permite",
        "evita", "usa", "mueve", "renombra", "añadido", "añadida", "corregido", "eliminado", "actualizado",
    ]
    private static let english: Set<String> = [
        "the", "an", "of", "to", "in", "for", "and", "with", "on", "when", "from", "is", "not", "add", "fix",
        "remove", "update", "use", "make", "move", "rename", "improve", "support", "allow", "avoid", "added", "fixed",
        "removed", "updated", "into", "by", "it", "be",
    ]

    /// Of neighbours that share words with Spanish, or with English.
    private static let other: Set<String> = [
        "le", "les", "des", "du", "et", "dans", "pour", "avec", "ajoute", "ajout", "supprime", "une", "sur", "ne",
        "pas",
        "os", "da", "do", "dos", "das", "em", "não", "uma", "com", "ao", "adiciona", "il", "di", "gli", "della", "per",
        "aggiunge", "aggiunto", "aggiungi", "nel", "der", "die", "und", "für", "von", "mit", "nicht", "ein", "eine",
        "els", "amb", "afegeix", "per", "het", "een", "voor", "van", "och", "för", "på", "som",
    ]

    /// Nil when neither is more, or when another language has more of its own.
    static func language(of texts: [String]) -> Language? {
        let words = texts.flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) }
        let isSpanish = words.count { spanish.contains($0) }
        let isEnglish = words.count { english.contains($0) }
        let isOther = words.count { other.contains($0) }
        if isSpanish == isEnglish || isOther >= max(isSpanish, isEnglish) { return nil }
        return isSpanish > isEnglish ? .spanish : .english
    }

    /// Of texts that begin with their verb; nil when it cannot be told.
    static func mood(of texts: [String]) -> MessageStyle.Mood? {
        let verbs = texts.compactMap { $0.split { !$0.isLetter }.first?.lowercased() }
        let past = verbs.count { verb in
            ["ed", "ado", "ada", "ido", "ida"].contains { verb.hasSuffix($0) && verb.count > $0.count + 1 }
        }
        guard verbs.count > 2 else { return nil }
        return past * 2 > verbs.count ? .past : .imperative
    }
}
