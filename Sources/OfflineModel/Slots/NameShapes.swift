/// What a reference may look like.
enum RefShape {
    static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.first, first.isLetter || first.isNumber || first == "@", text.utf8.count <= 200 else {
            return false
        }
        guard !text.contains(where: { $0.isWhitespace || ":?*[\\\"<>|,;()".contains($0) }) else { return false }
        return text.firstRange(of: "..") == nil && !text.hasSuffix("/") && !text.hasSuffix(".lock")
            && !text.hasSuffix(".")
    }

    /// `3f2a91c`, `HEAD`, `HEAD~2`, `main^`
    static func isCommit(_ text: String) -> Bool {
        let isHex = (4...64).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
        if isHex, text.contains(where: \.isNumber), text.contains(where: \.isLetter) || text.count >= 7 { return true }
        if text.lowercased() == "head" { return true }
        guard let sign = text.firstIndex(where: { "~^@".contains($0) }), sign > text.startIndex else { return false }
        return text[sign...].dropFirst().allSatisfy { $0.isNumber || "~^{}".contains($0) }
    }

    /// `v1.0`, `1.2.3-rc1`
    static func isVersion(_ text: String) -> Bool {
        let rest = text.first == "v" || text.first == "V" ? text.dropFirst() : text[...]
        return rest.first?.isNumber == true && (rest.contains(".") || text.first == "v" || text.first == "V")
    }
}

/// What a path may look like.
enum PathShape {
    /// Files that have no ending and are known by their name.
    private static let known: Set<String> = [
        "makefile", "dockerfile", "license", "licence", "readme", "changelog", "authors", "contributing", "codeowners",
        "gemfile", "rakefile", "procfile", "jenkinsfile", "vagrantfile", "notice", "todo", "copying",
    ]

    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 1000 && text.first != "-"
            && !text.contains { $0.isWhitespace || "*?\"<>|:".contains($0) }
            && text.contains { $0.isLetter || $0.isNumber }
    }

    /// It has a folder or an ending, or is such a name as `Makefile`. A version or a range is none.
    static func isPath(_ text: String) -> Bool {
        guard isName(text), text.firstRange(of: "..") == nil || text.hasPrefix("../") else { return false }
        if text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("~") { return true }
        if text.contains("/") {
            return text.split(separator: "/").last.map { $0.contains(".") || text.split(separator: "/").count > 1 }
                ?? false
        }
        if known.contains(text.lowercased()) { return true }
        guard let dot = text.lastIndex(of: "."), text.index(after: dot) < text.endIndex else { return false }
        let ending = text[text.index(after: dot)...]
        let isVersion = RefShape.isVersion(text) && !ending.allSatisfy(\.isLetter)
        return ending.first?.isLetter == true && ending.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            && !isVersion
    }
}
