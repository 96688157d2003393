/// What stands around a question of the program's, so that no text of a model or of a file is taken for one: a rule with
/// the tool and a word that nobody can know before, in a sign and a style that are taken out of everything else.
struct QuestionFrame {
    /// Of the rule. ``withoutRules(_:)`` takes it and what looks like it out of all that others wrote.
    static let sign: Character = "━"
    private static let gutter = "┃ "

    let head: String
    let foot: String

    init(tool: String, isStyled: Bool) {
        var generator = SystemRandomNumberGenerator()
        let word = Self.words.randomElement(using: &generator) ?? "question"
        let name = "\(word)-\(Int.random(in: 100...999, using: &generator))"
        head = Self.rule(" vocero asks · \(tool) · \(name) ", isStyled)
        foot = Self.rule(" \(name) ", isStyled)
    }

    private static func rule(_ text: String, _ isStyled: Bool) -> String {
        let sides = String(repeating: sign, count: 4)
        let line = sides + text + String(repeating: sign, count: max(4, 60 - text.count))
        return isStyled ? "\u{1b}[7m\(line)\u{1b}[27m" : line
    }

    /// Each line visibly a quotation.
    static func quoted(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { gutter + withoutRules(String($0)) }
            .joined(separator: "\n")
    }

    /// Heavy, double and full lines become a hyphen: only a question has them.
    static func withoutRules(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isRule) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isRule(scalar) ? "-" : scalar) }
        return String(result)
    }

    private static func isRule(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Heavy and double lines, dashed ones, bars and blocks as wide as a letter, and what joins them.
        case 0x2501, 0x2503, 0x2505, 0x2507, 0x2509, 0x250b, 0x254d, 0x254f, 0x2550...0x256c, 0x2578...0x257f,
            0x2580...0x259f, 0x25ac, 0x25ad, 0x2b1b, 0x2015, 0x2e3a, 0x2e3b, 0x23af, 0x23ba...0x23bd, 0x268a, 0x2630:
            true
        default: false
        }
    }

    private static let words = [
        "amber", "anchor", "birch", "canyon", "cobalt", "comet", "copper", "coral", "cotton", "crane", "delta", "ember",
        "falcon", "fern", "garnet", "glacier", "hazel", "heron", "indigo", "ivory", "jasper", "juniper", "lagoon",
        "lemon", "linden", "maple", "meadow", "nectar", "ocean", "olive", "onyx", "orchid", "pepper", "pine", "quartz",
        "raven", "river", "saffron", "silver", "thunder", "timber", "topaz", "tulip", "velvet", "walnut", "willow",
    ]
}
