/// Tells what a word of a draft names.
enum DraftWords {
    enum Kind {
        case plain
        /// A web or mail address.
        case address
        /// `@somebody`.
        case mention
        /// Something with a slash, or with the ending of a file.
        case path
    }

    /// Without the punctuation around them.
    static func words(of line: String) -> [String] {
        line.split { $0.isWhitespace || "`\"'(),;!?«»“”<>[]{}|*".contains($0) }.compactMap { word in
            var word = word
            while let last = word.last, ".:…".contains(last) { word.removeLast() }
            while let first = word.first, first == ":" { word.removeFirst() }
            return word.isEmpty ? nil : String(word)
        }
    }

    static func kind(of word: String) -> Kind {
        if word.contains("://") || word.hasPrefix("www.") { return .address }
        if word.hasPrefix("@"), word.count > 1, word.dropFirst().first?.isLetter ?? false { return .mention }
        if let at = word.firstIndex(of: "@"), at > word.startIndex, word[at...].contains(".") { return .address }
        return isPath(word) ? .path : .plain
    }

    /// `and/or`, `CI/CD` and `1.5` are none.
    private static func isPath(_ word: String) -> Bool {
        let parts = word.split(separator: "/")
        let name = parts.last.map(String.init) ?? word
        if let dot = name.lastIndex(of: "."), dot > name.startIndex {
            let ending = name[name.index(after: dot)...].lowercased()
            if endings.contains(ending) { return true }
        }
        return parts.count > 2
            && parts.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) } }
    }

    private static let endings: Set<String> = [
        "swift", "py", "js", "ts", "tsx", "jsx", "mjs", "go", "rs", "rb", "java", "kt", "c", "h", "cc", "cpp", "hpp",
        "cs", "php", "sh", "bash", "zsh", "sql", "md", "rst", "txt", "json", "yaml", "yml", "toml", "ini", "cfg", "xml",
        "html", "css", "scss", "vue", "svelte", "lua", "pl", "ex", "exs", "erl", "hs", "ml", "scala", "clj", "dart",
        "proto", "graphql", "tf", "lock", "csv", "png", "jpg", "svg", "pdf", "wav", "ipynb", "gradle", "env",
    ]
}

/// Wraps lines of prose; indented lines, lists' further lines and quotations keep their shape.
enum LineWrap {
    private static let width = 72

    static func wrapped(_ lines: [String]) -> [String] { lines.flatMap(wrapped) }

    private static func wrapped(_ line: String) -> [String] {
        guard line.count > width, !line.hasPrefix("    ") else { return [line] }
        let isItem = ["- ", "* ", "• "].contains { line.hasPrefix($0) }
        let indent = isItem ? "  " : ""
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ") {
            if !current.isEmpty, current.count + 1 + word.count > width {
                lines.append(current)
                current = indent
            }
            current += (current.isEmpty || current == indent ? "" : " ") + word
        }
        return lines + [current]
    }
}
