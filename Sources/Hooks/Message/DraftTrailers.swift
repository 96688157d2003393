/// Takes out what only people may say: who signed, who reviewed, what issue is closed.
struct DraftTrailers {
    let branch: String?

    private static let keys: Set<String> = [
        "signed-off-by", "co-authored-by", "reviewed-by", "acked-by", "tested-by", "reported-by", "suggested-by",
        "change-id", "cc", "approved-by", "merged-by", "helped-by",
    ]
    private static let closing: Set<String> = [
        "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved", "cierra", "resuelve",
    ]

    func removed(from lines: [String]) -> [String] {
        lines.enumerated().filter { index, line in !isTrailer(line) && !(index > 0 && isClosing(line)) }.map {
            index, line in
            index == 0 ? withoutClosing(line) : line
        }
    }

    private func isTrailer(_ line: String) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return false }
        return Self.keys.contains(line[..<colon].trimmingEnds.lowercased())
    }

    /// A line that closes an issue of which the branch does not speak.
    private func isClosing(_ line: String) -> Bool { closings(in: line).contains { !isOfBranch($0) } }

    /// `… (fixes #12)` at the end of a subject.
    private func withoutClosing(_ subject: String) -> String {
        guard closings(in: subject).contains(where: { !isOfBranch($0) }), let open = subject.lastIndex(of: "("),
            subject.hasSuffix(")")
        else { return subject }
        return subject[..<open].trimmingEnds
    }

    /// The numbers behind closing words: `Closes #12`, `fixes: owner/name#3`.
    private func closings(in line: String) -> [String] {
        let words = line.split { $0.isWhitespace || "(),;.".contains($0) }.map(String.init)
        return zip(words, words.dropFirst()).compactMap { word, next in
            var key = word.lowercased()
            if key.hasSuffix(":") { key.removeLast() }
            guard Self.closing.contains(key), let sign = next.lastIndex(where: { $0 == "#" || $0 == "/" }) else {
                return nil
            }
            let number = next[next.index(after: sign)...].prefix { $0.isNumber }
            return number.isEmpty ? nil : String(number)
        }
    }

    private func isOfBranch(_ number: String) -> Bool {
        branch.map { $0.split { !$0.isNumber }.contains { $0 == number } } ?? false
    }
}

extension Substring {
    var trimmingEnds: String { String(self).trimmingEnds }
}
