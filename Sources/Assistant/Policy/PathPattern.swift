/// A pattern over names with slashes: `*` and `?` stay within one component, `**` spans any number of them.
/// `*` alone matches everything, also names with slashes, as in `repository = *`.
package struct PathPattern: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    private let components: [[Character]]

    package init(_ pattern: String) {
        description = pattern
        var components = Self.components(of: pattern)
        // As in git, `docs/**` is everything inside docs and not docs itself.
        if components.count > 1, components.last == ["*", "*"] { components.insert(["*"], at: components.count - 1) }
        self.components = components
    }

    package func matches(_ name: String) -> Bool {
        if description == "*" { return true }
        return Self.match(
            components, Self.components(of: name), isAny: { $0 == ["*", "*"] },
            equal: { pattern, name in
                Self.match(pattern, name, isAny: { $0 == "*" }, equal: { $0 == "?" || $0 == $1 })
            })
    }

    private static func components(of name: String) -> [[Character]] {
        name.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
    }

    /// Keeps the set of reachable positions, so that many wildcards cost no more than a product of lengths.
    private static func match<Element>(
        _ patterns: [Element], _ names: [Element], isAny: (Element) -> Bool, equal: (Element, Element) -> Bool
    ) -> Bool {
        var reachable = [Bool](repeating: false, count: names.count + 1)
        reachable[0] = true
        for pattern in patterns {
            var next = [Bool](repeating: false, count: names.count + 1)
            if isAny(pattern) {
                var seen = false
                for position in reachable.indices {
                    seen = seen || reachable[position]
                    next[position] = seen
                }
            } else {
                for (offset, name) in names.enumerated() where reachable[offset] {
                    next[offset + 1] = equal(pattern, name)
                }
            }
            reachable = next
        }
        return reachable[names.count]
    }
}
