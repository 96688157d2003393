/// The version of a git program, such as 2.39.5.
package struct GitVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let numbers: [Int]

    package init(_ numbers: Int...) { self.numbers = numbers }

    /// Reads what `git --version` prints; nil when it holds no number.
    package init?(output: String) {
        let digits = output.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let numbers = digits.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 2 else { return nil }
        self.numbers = numbers
    }

    /// Hooks by configuration: `hook.NAME.command` and `hook.NAME.event`.
    package static let withConfiguredHooks = GitVersion(2, 54)

    package var hasConfiguredHooks: Bool { self >= Self.withConfiguredHooks }

    package static func < (one: GitVersion, other: GitVersion) -> Bool {
        one.numbers.lexicographicallyPrecedes(other.numbers)
    }

    package var description: String { numbers.map(String.init).joined(separator: ".") }
}
