/// A path inside a tree or work tree, checked: relative, without `.`, `..`, empty components or git's own directory.
struct TreePath {
    /// Components joined by `/`; empty for the top.
    let text: String
    var components: [String] { text.split(separator: "/").map { String($0) } }
    var isTop: Bool { text.isEmpty }

    init(_ path: String) throws(GitError) {
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        if parts.count > 1, parts.last == "" { parts.removeLast() }
        while parts.first == "." { parts.removeFirst() }
        let isBad = parts.contains { part in
            part.isEmpty || part == "." || part == ".." || Self.isGitDirectory(part) || part.utf8.contains(0)
        }
        if isBad || path.isEmpty || path.utf8.count > 4_000 {
            throw GitError(
                .invalidName,
                "\"\(printable(path))\" is no path of this repository; name a file from the top, such as src/main.c.")
        }
        text = parts.joined(separator: "/")
    }

    /// `.git` in every spelling that a file system may take for it: upper case, HFS's ignored characters, NTFS's
    /// short name, trailing dots and spaces, streams.
    static func isGitDirectory(_ component: String) -> Bool {
        var plain = String.UnicodeScalarView()
        for scalar in component.unicodeScalars {
            switch scalar.value {
            case 0x200c...0x200f, 0x202a...0x202e, 0x206a...0x206f, 0xfeff: continue
            default: plain.append(scalar)
            }
        }
        var name = String(plain).lowercased()
        if let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) { name = String(name[..<colon]) }
        while let last = name.utf8.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") { name.removeLast() }
        return name == ".git" || name == "git~1" || name.hasPrefix(".git\\") || name.hasPrefix("git~1\\")
    }
}
