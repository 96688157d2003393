/// A pattern over paths: `*` and `?` stay within a component, `**` crosses them, `[a-z]`, `{a,b}`.
///
/// A pattern without `/` is held against the last component. Matching takes time in proportion to pattern
/// times path, whatever the pattern.
package struct Glob: Sendable, Hashable {
    package let pattern: String
    private let alternatives: [[Token]]
    private let isForNames: Bool

    /// - Throws: `invalidRequest` for an empty pattern, one over 1,000 characters, unclosed `[` or `{`, or
    ///   more than 64 alternatives.
    package init(_ pattern: String) throws(WorkspaceError) {
        guard !pattern.isEmpty, pattern.unicodeScalars.count <= 1_000 else {
            throw WorkspaceError(.invalidRequest, "A pattern has 1 to 1,000 characters.")
        }
        self.pattern = pattern
        var scalars = Array(pattern.unicodeScalars)
        if scalars.starts(with: "./".unicodeScalars) { scalars.removeFirst(2) }
        // From the root, as in .gitignore.
        let isAnchored = scalars.first == "/" && scalars.count > 1
        if isAnchored { scalars.removeFirst() }
        isForNames = !isAnchored && !scalars.contains("/")
        var tokens: [[Token]] = []
        for text in try Self.expanded(scalars, of: pattern) { tokens.append(try Self.tokens(of: text, in: pattern)) }
        alternatives = tokens
    }

    package func matches(_ path: WorkspacePath) -> Bool {
        let text = Array((isForNames ? path.name : path.isRoot ? "" : path.description).unicodeScalars)
        return alternatives.contains { Self.matches($0, text) }
    }

    private enum Token: Sendable, Hashable {
        case scalar(Unicode.Scalar)
        /// `?`
        case one
        /// `*`
        case many
        /// `**`
        case manyAcross
        /// `**/`: nothing, or whole components.
        case directories
        case oneOf([ClosedRange<UInt32>], isNegated: Bool)
    }

    /// Walks through the text with the set of pattern positions that are still possible.
    private static func matches(_ tokens: [Token], _ text: [Unicode.Scalar]) -> Bool {
        var possible = [Bool](repeating: false, count: tokens.count + 1)
        possible[0] = true
        close(&possible, tokens, atComponentStart: true)
        for scalar in text {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for (index, token) in tokens.enumerated() where possible[index] {
                switch token {
                case .scalar(let wanted): if scalar == wanted { next[index + 1] = true }
                case .one: if scalar != "/" { next[index + 1] = true }
                case .many: if scalar != "/" { next[index] = true }
                case .manyAcross, .directories: next[index] = true
                case .oneOf(let ranges, let isNegated):
                    let isIn = ranges.contains { $0.contains(scalar.value) }
                    if scalar != "/", isIn != isNegated { next[index + 1] = true }
                }
            }
            possible = next
            close(&possible, tokens, atComponentStart: scalar == "/")
        }
        return possible[tokens.count]
    }

    /// Adds the positions that are reached without a character.
    private static func close(_ possible: inout [Bool], _ tokens: [Token], atComponentStart: Bool) {
        for (index, token) in tokens.enumerated() where possible[index] {
            switch token {
            case .many, .manyAcross: possible[index + 1] = true
            case .directories: if atComponentStart { possible[index + 1] = true }
            default: break
            }
        }
    }

    private static func tokens(of text: [Unicode.Scalar], in pattern: String) throws(WorkspaceError) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "?": tokens.append(.one)
            case "*":
                guard rest.first == "*" else {
                    tokens.append(.many)
                    continue
                }
                while rest.first == "*" { rest.removeFirst() }
                if rest.first == "/" {
                    rest.removeFirst()
                    tokens.append(.directories)
                } else {
                    tokens.append(.manyAcross)
                }
            case "[": tokens.append(try set(&rest, in: pattern))
            default: tokens.append(.scalar(scalar))
            }
        }
        return tokens
    }

    private static func set(
        _ rest: inout ArraySlice<Unicode.Scalar>, in pattern: String
    ) throws(WorkspaceError) -> Token {
        let isNegated = rest.first == "!" || rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<UInt32>] = []
        while let low = rest.popFirst() {
            if low == "]", !ranges.isEmpty { return .oneOf(ranges, isNegated: isNegated) }
            if rest.first == "-", let high = rest.dropFirst().first, high != "]" {
                rest.removeFirst(2)
                guard low.value <= high.value else { break }
                ranges.append(low.value...high.value)
            } else {
                ranges.append(low.value...low.value)
            }
        }
        throw broken(pattern)
    }

    /// `a{b,c}d` as `abd` and `acd`; braces may be nested.
    private static func expanded(
        _ text: [Unicode.Scalar], of pattern: String
    ) throws(WorkspaceError) -> [[Unicode.Scalar]] {
        guard let open = text.firstIndex(of: "{") else {
            guard !text.contains("}") else { throw broken(pattern) }
            return [text]
        }
        var depth = 0
        var parts: [[Unicode.Scalar]] = [[]]
        for index in open..<text.count {
            let scalar = text[index]
            if scalar == "{" { depth += 1 }
            if scalar == "}" { depth -= 1 }
            if depth == 0 {
                var all: [[Unicode.Scalar]] = []
                for part in parts {
                    all += try expanded(Array(text[..<open] + part + text[(index + 1)...]), of: pattern)
                    guard all.count <= 64 else {
                        throw WorkspaceError(.invalidRequest, "The pattern has more than 64 alternatives.")
                    }
                }
                return all
            }
            if scalar == ",", depth == 1 {
                parts.append([])
            } else if index > open {
                parts[parts.count - 1].append(scalar)
            }
        }
        throw broken(pattern)
    }

    private static func broken(_ pattern: String) -> WorkspaceError {
        WorkspaceError(.invalidRequest, "The pattern \(WorkspaceError.quoted(pattern)) has an unclosed [ or {.")
    }
}
