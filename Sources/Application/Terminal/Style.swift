/// The few signs that make a terminal bold, dim or coloured.
package enum Style {
    package static func bold(_ text: some StringProtocol) -> String { "\u{1b}[1m\(text)\u{1b}[22m" }
    package static func dim(_ text: some StringProtocol) -> String { "\u{1b}[2m\(text)\u{1b}[22m" }
    package static func red(_ text: some StringProtocol) -> String { "\u{1b}[31m\(text)\u{1b}[39m" }
    package static func green(_ text: some StringProtocol) -> String { "\u{1b}[32m\(text)\u{1b}[39m" }
    package static func cyan(_ text: some StringProtocol) -> String { "\u{1b}[36m\(text)\u{1b}[39m" }
}
