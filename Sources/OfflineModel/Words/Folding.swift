/// Makes words comparable: lower case, without accents, apostrophes straight.
enum Folding {
    static func folded(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var result = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "’", "‘", "´": result.append("'")
            case _ where scalar.isASCII: result.append(scalar)
            case _ where scalar.properties.generalCategory == .nonspacingMark: break
            default: result.append(base(of: scalar))
            }
        }
        return String(result)
    }

    /// Only letters and digits are left: `fix-retry` and `fix retry` are the same.
    static func bare(_ text: some StringProtocol) -> String {
        String(
            String.UnicodeScalarView(folded(text).unicodeScalars.filter { $0.properties.isAlphabetic || isDigit($0) }))
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "á", "à", "â", "ä", "ã", "å": "a"
        case "é", "è", "ê", "ë": "e"
        case "í", "ì", "î", "ï": "i"
        case "ó", "ò", "ô", "ö", "õ", "ø": "o"
        case "ú", "ù", "û", "ü": "u"
        case "ñ": "n"
        case "ç": "c"
        case "ý", "ÿ": "y"
        default: namedBase(of: scalar) ?? scalar
        }
    }

    /// Unicode names an accented letter after its base: LATIN SMALL LETTER C WITH CARON.
    private static func namedBase(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard let words = scalar.properties.name?.split(separator: " "), words.count > 4,
            words.starts(with: ["LATIN", "SMALL", "LETTER"]), words[4] == "WITH", words[3].unicodeScalars.count == 1
        else { return nil }
        return words[3].lowercased().unicodeScalars.first
    }
}
