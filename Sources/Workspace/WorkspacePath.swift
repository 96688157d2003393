/// The name of something inside a workspace: relative, canonical, and nothing that leaves or disguises.
///
/// Two paths are equal when their bytes are: names that only look alike are different files.
package struct WorkspacePath: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Empty for the root.
    package let components: [String]

    /// The workspace's root itself.
    package static let root = WorkspacePath(trusted: [])

    /// Checks a text. `.` and a leading `./` are understood; a trailing `/` is refused.
    ///
    /// - Throws: `invalidPath`, or `outside` for what is absolute, has `..`, or names git's directory.
    package init(_ text: String) throws(WorkspaceError) {
        try self.init(Substring(text).utf8, of: text)
    }

    /// Checks a text that names a directory: one trailing `/` is understood.
    package init(directory text: String) throws(WorkspaceError) {
        let bytes = Substring(text).utf8
        let hasSlash = bytes.count > 1 && bytes.last == UInt8(ascii: "/")
        try self.init(hasSlash ? bytes.dropLast() : bytes, of: text)
    }

    /// Components that were checked before.
    init(trusted components: [String]) { self.components = components }

    private init(_ bytes: Substring.UTF8View, of text: String) throws(WorkspaceError) {
        // Bytes, not characters: a slash with a combining accent behind it is one character and still a slash.
        if bytes.isEmpty { throw .invalidPath(text, "is empty") }
        if bytes.count > 4_000 { throw .invalidPath(text, "is longer than 4,000 bytes") }
        if bytes.first == UInt8(ascii: "/") { throw .outside(text, "is absolute; name it from the workspace's root") }
        var parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        if parts == ["."] { parts = [] }
        if parts.count > 1, parts.first == "." { parts.removeFirst() }
        if parts.count > WorkspaceLimits.depth { throw .invalidPath(text, "is deeper than 64 directories") }
        if let first = parts.first { try PathRules.checkFirst(first, hasMore: parts.count > 1, of: text) }
        for part in parts { try PathRules.check(part, of: text) }
        components = parts
    }

    /// `docs/a.md`; `.` for the root.
    package var description: String { components.isEmpty ? "." : components.joined(separator: "/") }

    package var isRoot: Bool { components.isEmpty }

    /// The last component; empty for the root.
    package var name: String { components.last ?? "" }

    /// The directory it is in; the root for the root.
    package var parent: WorkspacePath { WorkspacePath(trusted: Array(components.dropLast())) }

    /// An entry of this directory.
    package func appending(_ name: String) throws(WorkspaceError) -> WorkspacePath {
        let path = try WorkspacePath(isRoot ? name : "\(self)/\(name)")
        guard path.components.count == components.count + 1 else { throw .invalidPath(name, "is not one name") }
        return path
    }

    /// Whether it is the other one or lies below it.
    package func isWithin(_ other: WorkspacePath) -> Bool {
        components.count >= other.components.count
            && zip(components, other.components).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    package static func == (left: WorkspacePath, right: WorkspacePath) -> Bool {
        left.components.count == right.components.count && left.isWithin(right)
    }

    package static func < (left: WorkspacePath, right: WorkspacePath) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }
}
