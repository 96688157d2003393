/// The words a repository is likely to be spoken about with, as one line for a speech model.
///
/// It decides whether a request is understood: a small model writes down "commits" and the names of branches rightly
/// only when it has seen them. The words nearest to the speech weigh most (tried with Whisper base: behind the names,
/// the lead-in saves Spanish requests that it loses before them), and models read the last 224 tokens only: so the names
/// come first, and the line stays within that number by a careful estimate.
package struct VocabularyHint: Sendable, Hashable {
    package var repository: String?
    package var branches: [String]
    package var authors: [String]
    /// Paths or names; only the last part of a path is spoken.
    package var files: [String]
    package var identifiers: [String]

    /// Most important first in each list.
    package init(
        repository: String? = nil, branches: [String] = [], authors: [String] = [], files: [String] = [],
        identifiers: [String] = []
    ) {
        self.repository = repository
        self.branches = branches
        self.authors = authors
        self.files = files
        self.identifiers = identifiers
    }

    /// The line, in the language of the request: Spanish for `es`, English for any other, and for nil.
    package func text(language: String?, maxTokens: Int = 224) -> String {
        let lead = Self.lead(language)
        var budget = maxTokens - Self.tokens(lead)
        var seen: Set<String> = []
        var names: [String] = []
        for name in candidates() {
            guard let name = Self.spoken(name), seen.insert(name.lowercased()).inserted else { continue }
            let cost = Self.tokens(name) + 1
            guard cost <= budget else { break }
            budget -= cost
            names.append(name)
        }
        return names.isEmpty ? lead : names.joined(separator: ", ") + ". " + lead
    }

    private static func lead(_ language: String?) -> String {
        if let language = language?.lowercased(), language.hasPrefix("es") || language == "spanish" {
            return "Repositorio git: los últimos commits, ramas, etiquetas, autores, archivo, notas, configuración."
        }
        return "Git repository: commits, branches, tags, authors, README, file, notes, configuration."
    }

    /// A turn of each list at a time, so that a long one leaves room for the others.
    private func candidates() -> [String] {
        let lists = [repository.map { [$0] } ?? [], authors, branches, files, identifiers]
        let longest = lists.map(\.count).max() ?? 0
        return (0..<min(longest, 200)).flatMap { turn in lists.compactMap { turn < $0.count ? $0[turn] : nil } }
    }

    /// The part that is said; nil for what nobody says, such as a hash, and for what could break the line.
    private static func spoken(_ name: String) -> String? {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let words = oneLine(last)
        guard !words.isEmpty, words.utf8.count <= 40, words.contains(where: \.isLetter) else { return nil }
        guard !words.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return nil }
        let isHash = words.count >= 7 && words.allSatisfy { $0.isHexDigit } && words.contains(where: \.isNumber)
        return isHash ? nil : words
    }

    /// Never too few: names cost more tokens than prose, about one for each two or three bytes.
    static func tokens(_ text: String) -> Int { (text.utf8.count + 1) / 2 }
}
