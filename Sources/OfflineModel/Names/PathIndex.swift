/// Finds paths by what people say of them.
struct PathIndex: Sendable {
    private let files: Set<String>
    private let directories: Set<String>
    /// Folded whole path -> paths.
    private let whole: [String: [String]]
    /// Folded last component -> paths.
    private let last: [String: [String]]
    /// Last component without its ending and without signs -> paths.
    private let stems: [String: [String]]
    /// Last component without signs -> paths.
    private let bareNames: [String: [String]]
    /// Words of names, for questions about code.
    let words: Set<String>
    let all: [String]

    init(_ paths: [String]) {
        var directories: Set<String> = []
        for path in paths {
            var rest = path[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                if !directories.insert(String(rest)).inserted { break }
            }
        }
        all = paths
        files = Set(paths)
        self.directories = directories
        var (whole, last, stems, bareNames) = (
            [String: [String]](), [String: [String]](), [String: [String]](), [String: [String]]()
        )
        var words: Set<String> = []
        for path in paths + directories.sorted() {
            let name = path.split(separator: "/").last ?? path[...]
            whole[Folding.folded(path), default: []].append(path)
            last[Folding.folded(name), default: []].append(path)
            let stem = name.firstIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
            stems[Folding.bare(stem), default: []].append(path)
            bareNames[Folding.bare(name), default: []].append(path)
            words.formUnion(Self.words(of: name))
        }
        (self.whole, self.last, self.stems, self.bareNames, self.words) = (whole, last, stems, bareNames, words)
    }

    private static func words(of name: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        for character in name {
            let begins = character.isUppercase && word.last?.isLowercase == true
            if !character.isLetter || begins {
                words.append(word)
                word = ""
            }
            if character.isLetter { word.append(character) }
        }
        words.append(word)
        return words.filter { $0.count > 2 }.map(Folding.folded)
    }

    func isDirectory(_ path: String) -> Bool { directories.contains(path) }

    /// `said`: as it was written, or put together from how it was spoken.
    /// `spoken`: its signs were said in words, so that it may stand for itself.
    /// Gives: nil when nothing here is called so.
    func find(_ said: String, files wantsFiles: Bool, directories wantsDirectories: Bool, nearly: Bool) -> FoundName? {
        let wants = { (path: String) in
            wantsFiles && files.contains(path) || wantsDirectories && directories.contains(path)
        }
        var path = said.hasPrefix("./") ? String(said.dropFirst(2)) : said
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if wants(path) { return FoundName(name: path, fit: .exact) }
        let folded = Folding.folded(path)
        let bare = Folding.bare(path)
        let isWhole = path.contains("/")
        let ways: [([String]?, Bool)] = [
            (whole[folded], true), (isWhole ? nil : last[folded], true),
            (isWhole ? ending(with: folded) : nil, true),
            (isWhole || path.contains(".") ? nil : stems[bare], bare.count > 1),
            (isWhole ? nil : bareNames[bare], bare.count > 2),
        ]
        for (found, isFit) in ways where isFit {
            let found = (found ?? []).filter(wants)
            if found.count == 1 { return FoundName(name: found[0], fit: .loose) }
            if found.count > 1 { return several(found) }
        }
        return nearly ? near(folded, wants) : nil
    }

    /// A file at the top goes before those of the same name below.
    private func several(_ found: [String]) -> FoundName {
        let tops = found.filter { !$0.contains("/") }
        if tops.count == 1 { return FoundName(name: tops[0], fit: .loose) }
        return FoundName(name: found[0], fit: .loose, others: found.sorted())
    }

    /// `http/client.swift` of `Sources/http/Client.swift`.
    private func ending(with folded: String) -> [String] {
        let name = folded.split(separator: "/").last.map(String.init) ?? folded
        return (last[name] ?? []).filter { Folding.folded($0).hasSuffix("/" + folded) }
    }

    private func near(_ folded: String, _ wants: (String) -> Bool) -> FoundName? {
        let most = EditDistance.allowed(forLetters: folded.count)
        guard most > 0, folded.contains(".") || folded.count > 5 else { return nil }
        let names = folded.contains("/") ? whole : last
        let bytes = Array(folded.utf8)
        var best: (distance: Int, paths: [String])?
        for (name, paths) in names {
            guard let distance = EditDistance.between(bytes, Array(name.utf8), most: most) else { continue }
            let wanted = paths.filter(wants)
            guard !wanted.isEmpty, distance <= best?.distance ?? most else { continue }
            best = distance == best?.distance ? (distance, (best?.paths ?? []) + wanted) : (distance, wanted)
        }
        guard let paths = best?.paths else { return nil }
        return FoundName(name: paths[0], fit: .near, others: paths.count > 1 ? paths.sorted() : [])
    }
}
