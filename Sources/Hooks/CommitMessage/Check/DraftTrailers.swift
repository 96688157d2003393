/// Takes out what only people may say: who signed, who reviewed, what issue is closed.
struct DraftTrailers {
    let branch: String?

    private static let keys: Set<String> = [
        "signed-off-by", "co-authored-by", "reviewed-by", "acked-by", "tested-by", "reported-by", "suggested-by",
        "change-id", "cc", "approved-by", "merged-by", "helped-by",
    ]
    private static let closing: Set<String> = [
        "close", "closes", "closed", "closing", "fix", "fixes", "fixed", "fixing", "resolve", "resolves", "resolved",
        "resolving", "implements", "cierra", "resuelve", "arregla", "corrige", "soluciona",
    ]

    func removed(from lines: [String]) -> [String] {
        lines.enumerated().filter { index, line in
            !isTrailer(line, inBody: index > 0) && !(index > 0 && foreignIssue(in: line) != nil)
        }.map { index, line in index == 0 ? withoutClosing(line) : line }
    }

    private func isTrailer(_ line: String, inBody: Bool) -> Bool {
        let text = line.drop { " -*•>_`(".contains($0) }.lowercased()
        if inBody, text.hasPrefix("cherry picked from commit") { return true }
        guard let colon = text.firstIndex(of: ":") else { return false }
        let key = text[..<colon].filter { !" *_`".contains($0) }
        return Self.keys.contains(key)
            || inBody && key.hasSuffix("-by") && key.allSatisfy { $0.isLetter || $0 == "-" }
    }

    /// `… (fixes #12)` at the end of a subject.
    private func withoutClosing(_ subject: String) -> String {
        guard foreignIssue(in: subject) != nil, subject.hasSuffix(")") || subject.hasSuffix("]"),
            let open = subject.lastIndex(where: { "([".contains($0) })
        else { return subject }
        let rest = subject[..<open].trimmingEnds
        return foreignIssue(in: rest) == nil ? rest : subject
    }

    /// The first issue that a text closes and the branch does not speak of: `Closes #12`, `fixes: owner/name#3, #4`.
    func foreignIssue(in text: String) -> String? {
        let words = text.lowercased().split { $0.isWhitespace || "(),;.:*_`[]<>\"'".contains($0) }
        for (index, word) in words.enumerated() where Self.closing.contains(String(word)) {
            for next in words[(index + 1)...] {
                if ["and", "y", "&", "issue", "issues", "https", "http", "//github"].contains(next) { continue }
                guard let number = Self.issue(next) else { break }
                if !isOfBranch(number) { return number }
            }
        }
        return nil
    }

    /// The number in `#12`, `owner/name#12`, `gh-12`, `com/owner/name/issues/12`.
    private static func issue(_ word: Substring) -> String? {
        var rest = word[...]
        if let sign = word.lastIndex(of: "#") {
            rest = word[word.index(after: sign)...]
        } else if word.hasPrefix("gh-") {
            rest = word.dropFirst(3)
        } else if let place = ["/issues/", "/pull/", "/merge_requests/"].lazy.compactMap({ word.firstRange(of: $0) })
            .first
        {
            rest = word[place.upperBound...]
        } else {
            return nil
        }
        let number = rest.prefix { $0.isASCII && $0.isNumber }
        return number.isEmpty ? nil : String(number)
    }

    private func isOfBranch(_ number: String) -> Bool {
        branch.map { $0.split { !$0.isNumber }.contains { $0 == number } } ?? false
    }
}

extension Substring {
    var trimmingEnds: String { String(self).trimmingEnds }
}
