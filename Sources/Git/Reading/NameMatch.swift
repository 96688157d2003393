/// Finds a part of a name, upper and lower case and accents alike: `jose` finds `José`.
struct NameMatch {
    private let wanted: String

    init(_ part: String) { wanted = Self.folded(part) }

    func matches(_ text: String) -> Bool { wanted.isEmpty || Self.folded(text).contains(wanted) }

    /// Lower case without accents.
    static func folded(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if scalar.isASCII {
                result.append(scalar)
            } else if scalar.properties.generalCategory != .nonspacingMark {
                result.append(baseLetter(of: scalar) ?? scalar)
            }
        }
        return String(result)
    }

    /// Unicode names an accented letter after its base: LATIN SMALL LETTER E WITH ACUTE.
    private static func baseLetter(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard let words = scalar.properties.name?.split(separator: " "), words.count > 4,
            words.starts(with: ["LATIN", "SMALL", "LETTER"]), words[4] == "WITH", words[3].unicodeScalars.count == 1
        else { return nil }
        return words[3].lowercased().unicodeScalars.first
    }
}
