/// A key of git's configuration, taken apart: `section.Sub Section.name`.
struct ConfigurationKey: Hashable {
    /// In lower case.
    let section: String
    /// As it is written; nil where there is none.
    let subsection: String?
    /// In lower case.
    let name: String

    init(_ key: String) {
        let first = key.firstIndex(of: ".") ?? key.endIndex
        let last = key.lastIndex(of: ".") ?? key.endIndex
        section = key[..<first].lowercased()
        subsection = first < last ? String(key[key.index(after: first)..<last]) : nil
        name = last < key.endIndex ? key[key.index(after: last)...].lowercased() : ""
    }

    /// Whether a pattern names it: `core.pager`, `diff.*.command` (some subsection), `alias.**` (any).
    func matches(_ pattern: String) -> Bool {
        let parts = pattern.split(separator: ".").map(String.init)
        guard parts[0] == section else { return false }
        if parts.last == "**" { return true }
        let isName = parts.last == "*" || parts.last == name
        return isName && (parts.count == 3) == (subsection != nil)
    }

    /// As a line of a configuration file: `[section "sub"] name = "value"`.
    func line(value: String) -> String {
        let heading = subsection.map { "[\(section) \"\(Self.escaped($0))\"]" } ?? "[\(section)]"
        return "\(heading)\n\t\(name) = \"\(Self.escaped(value))\"\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
