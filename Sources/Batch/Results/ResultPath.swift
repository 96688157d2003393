internal import Hashing

/// Where the results of an item lie below the output directory.
///
/// A name that is a plain relative path is kept. All others are made safe and marked with `~` and a part of the name's
/// hash; a plain name that looks marked is marked as well, so no two names share a file. Files end in `.md` or `.json`
/// and directories never do, so a file never stands where a directory must. The true name is in the JSON file.
package struct ResultPath: Sendable, Hashable {
    /// From the output directory down; empty for the directory itself.
    package let directories: [String]
    /// The last component, without `.md` or `.json`.
    package let stem: String

    package var answer: String { (directories + [stem + ".md"]).joined(separator: "/") }
    package var report: String { (directories + [stem + ".json"]).joined(separator: "/") }

    private static let mostBytes = 255
    private static let mostNameBytes = 1024
    private static let mostComponents = 32
    private static let suffixBytes = ".json".utf8.count
    private static let markDigits = 20
    private static let fileEndings = [".md", ".json", ".jsonl", ".csv"]

    /// With `foldsCase` the file system takes `A` and `a` for one name, so all but lower-case ASCII is marked.
    package init(name: String, foldsCase: Bool = false) {
        let isShort = name.utf8.count <= Self.mostNameBytes
        var components = name.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        var isChanged = !isShort || components.count > Self.mostComponents
        if isChanged { components = [String(name.prefix(200)).replacing("/", with: "_")] }
        var safe: [String] = []
        for (index, component) in components.enumerated() {
            let made = Self.safe(component, isDirectory: index < components.count - 1)
            if made.isEmpty || !made.utf8.elementsEqual(component.utf8) { isChanged = true }
            if !made.isEmpty { safe.append(made) }
        }
        let last = safe.popLast() ?? "_"
        if foldsCase, !name.utf8.allSatisfy({ $0 < 0x80 && !(0x41...0x5a).contains($0) }) { isChanged = true }
        let stem = Self.cut(last, bytes: Self.mostBytes - Self.suffixBytes)
        directories = safe
        if isChanged || stem.utf8.count != last.utf8.count || Self.looksMarked(stem) {
            let mark = "~" + ContentHash(ofText: name).description.prefix(Self.markDigits)
            self.stem = Self.cut(last, bytes: Self.mostBytes - Self.suffixBytes - mark.utf8.count) + mark
        } else {
            self.stem = stem
        }
    }

    /// Empty for what names no entry.
    private static func safe(_ component: String, isDirectory: Bool) -> String {
        if component.isEmpty || component.utf8.elementsEqual(".".utf8) { return "" }
        if component.utf8.elementsEqual("..".utf8) { return "_" }
        var made = ""
        for scalar in component.unicodeScalars { made.unicodeScalars.append(isSafe(scalar) ? scalar : "_") }
        let folded = made.lowercased()
        // Never into a repository's own directory, also in its disguise; never where our temporary files are.
        if folded == ".git" || folded == "git~1" || folded.hasPrefix(AtomicFile.prefix) { made = "_" + made }
        guard isDirectory else { return made }
        made = cut(made, bytes: mostBytes - 1)
        // By bytes: a sign that joins the dot would hide the ending from a comparison of characters.
        let bytes = Array(made.lowercased().utf8)
        return fileEndings.contains { bytes.suffix($0.utf8.count).elementsEqual($0.utf8) } ? made + "_" : made
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        default: scalar != "\u{fffd}"
        }
    }

    /// The longest beginning that ends between two scalars.
    private static func cut(_ text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var cut = ""
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            if count > bytes { break }
            cut.unicodeScalars.append(scalar)
        }
        return cut
    }

    private static func looksMarked(_ stem: String) -> Bool {
        let end = Array(stem.utf8.suffix(markDigits + 1))
        return end.count == markDigits + 1 && end[0] == UInt8(ascii: "~")
            && end.dropFirst().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}
