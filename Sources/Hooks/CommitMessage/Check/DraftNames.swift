/// The people, addresses and files that a line of a draft names.
enum DraftNames {
    enum Name: Hashable {
        /// A web or mail address.
        case address(String)
        /// `@somebody`.
        case mention(String)
        /// Anything else: whether it is a file's is for ``isPath(_:knows:)`` to say.
        case word(String)
    }

    static func names(in line: String) -> [Name] {
        var names: [Name] = []
        var rest = ""
        for token in line.split(whereSeparator: \.isWhitespace) {
            rest += " "
            guard let place = beginOfAddress(token) else {
                rest += token
                continue
            }
            let address = token[place...].prefix { !"<>\"`)]}»”’".contains($0) }
            rest += token[..<place] + " " + token[address.endIndex...]
            names.append(.address(trimmed(address)))
        }
        return names + mentions(in: rest) + words(in: rest)
    }

    private static func beginOfAddress(_ token: Substring) -> Substring.Index? {
        let lower = token.lowercased()
        if let colon = token.firstRange(of: "://") {
            let scheme = token[..<colon.lowerBound].reversed().prefix { $0.isLetter || "+.-".contains($0) }
            return token.index(colon.lowerBound, offsetBy: -scheme.count)
        }
        for front in ["www.", "mailto:", "javascript:", "data:"] where lower.count == token.count {
            guard let range = lower.firstRange(of: front) else { continue }
            let offset = lower.distance(from: lower.startIndex, to: range.lowerBound)
            let place = token.index(token.startIndex, offsetBy: offset)
            let isFront = offset == 0 || !token[token.index(before: place)].isLetter
            if isFront, token.index(place, offsetBy: front.count) < token.endIndex { return place }
        }
        return nil
    }

    private static func trimmed(_ word: Substring) -> String {
        var word = word
        while let last = word.last, ".,:;!?…'*_".contains(last) { word.removeLast() }
        return String(word)
    }

    /// An `@` that follows no letter, and a name.
    private static func mentions(in line: String) -> [Name] {
        var names: [Name] = []
        var last: Character = " "
        for index in line.indices {
            defer { last = line[index] }
            guard line[index] == "@", !last.isLetter, !last.isNumber, last != "_" else { continue }
            let login = line[line.index(after: index)...].prefix {
                $0.isLetter || $0.isNumber || "-_/".contains($0)
            }
            if login.contains(where: \.isLetter) { names.append(.mention("@" + login)) }
        }
        return names
    }

    private static func words(in line: String) -> [Name] {
        line.split { $0.isWhitespace || "`\"'(),;!?¿¡«»“”‘’<>[]{}|*#=→—–，。、：（）「」".contains($0) }.compactMap { word in
            var word = word.drop { $0 == ":" }
            while let last = word.last, ".:…".contains(last) { word.removeLast() }
            // `Parser.swift:12`
            let head = word.split(separator: ":")
            if let first = head.first, head.count > 1, head.dropFirst().allSatisfy({ $0.allSatisfy(\.isNumber) }) {
                word = first
            }
            if word.isEmpty { return nil }
            if let at = word.firstIndex(of: "@"), at > word.startIndex, word[at...].contains(".") {
                return .address(String(word))
            }
            return .word(String(word))
        }
    }

    /// Something with the ending of a file, or with slashes that are none of prose: `and/or`, `TCP/IP`, `1/2`.
    static func isPath(_ word: String, knows: (String) -> Bool) -> Bool {
        if ["/", "./", "../", "~/"].contains(where: { word.hasPrefix($0) && word.count > $0.count }) { return true }
        if products.contains(word.lowercased()) { return false }
        let parts = word.split(separator: "/")
        guard let name = parts.last else { return false }
        if let dot = name.lastIndex(of: "."), dot > name.startIndex,
            endings.contains(name[name.index(after: dot)...].lowercased())
        {
            return true
        }
        if name.hasPrefix("."), hidden.contains(where: { name.lowercased().hasPrefix($0) }) { return true }
        guard parts.count > 1, !parts.allSatisfy(isNumber) else { return false }
        if parts.count > 2 { return true }
        if isNumber(parts[1]) { return false }
        if word.contains("_") || word.contains(".") { return true }
        // A directory of this repository; where both are, it is prose about the two.
        return knows(String(parts[0])) && !knows(String(parts[1]))
    }

    /// `12`, `v1.3`.
    private static func isNumber(_ part: Substring) -> Bool {
        let digits = part.first == "v" ? part.dropFirst() : part
        return (digits.first?.isNumber ?? false) && digits.allSatisfy { $0.isNumber || $0 == "." }
    }

    private static let products: Set<String> = [
        "node.js", "vue.js", "next.js", "nuxt.js", "react.js", "express.js", "three.js", "d3.js", "ember.js",
        "backbone.js", "chart.js", "discord.js", "moment.js", "alpine.js", "p5.js", "socket.io", "process.env",
    ]

    private static let hidden = [
        ".env", ".git", ".npmrc", ".docker", ".ssh", ".aws", ".editorconfig", ".eslint", ".prettier", ".vscode",
        ".netrc", ".bash", ".zsh", ".profile", ".travis", ".swift-", ".pre-commit",
    ]

    private static let endings: Set<String> = [
        "swift", "py", "js", "ts", "tsx", "jsx", "mjs", "go", "rs", "rb", "java", "kt", "c", "h", "cc", "cpp", "cxx",
        "hpp", "hh", "mm", "cs", "php", "sh", "bash", "zsh", "ps1", "bat", "sql", "md", "mdx", "rst", "adoc", "txt",
        "json", "jsonl", "yaml", "yml", "toml", "ini", "cfg", "conf", "xml", "html", "css", "scss", "vue", "svelte",
        "astro", "lua", "pl", "ex", "exs", "erl", "hs", "ml", "scala", "clj", "dart", "zig", "nix", "jl", "sol",
        "proto", "graphql", "tf", "hcl", "lock", "resolved", "csv", "tsv", "png", "jpg", "jpeg", "gif", "webp", "svg",
        "pdf", "wav", "mp3", "mp4", "zip", "gz", "jar", "exe", "dll", "pem", "plist", "properties", "gradle", "cmake",
        "mk", "csproj", "sln", "podspec", "gemspec", "docx", "xlsx", "ipynb", "env",
    ]
}
