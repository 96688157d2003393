/// Lower case without accents, so that `función`, `funcion` and `FUNCIÓN` are one word.
///
/// The C library and PostgreSQL fold by locale or by extension; this is a table, the same on every machine and
/// for ever, because what is stored was folded by it.
enum Folding {
    static func folded(_ scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return String(scalar).lowercased() }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        var folded = ""
        for scalar in lower {
            if let plain = plain[scalar] { folded += plain } else { folded.unicodeScalars.append(scalar) }
        }
        return folded
    }

    private static let plain: [Unicode.Scalar: String] = {
        let rows: [(String, String)] = [
            ("a", "àáâãäåāăąǎȁȃạảấầẩẫậắằẳẵặªά"), ("ae", "æǽ"), ("c", "çćĉċč"), ("d", "ďđð"),
            ("e", "èéêëēĕėęěȅȇẹẻẽếềểễệ"), ("g", "ĝğġģǧ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐỉị"), ("j", "ĵ"), ("k", "ķ"),
            ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợº"), ("oe", "œ"), ("r", "ŕŗř"),
            ("s", "śŝşšș"), ("ss", "ß"), ("t", "ţťŧț"), ("th", "þ"), ("u", "ùúûüũūŭůűųǔưụủứừửữự"), ("w", "ŵ"),
            ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
        ]
        var plain: [Unicode.Scalar: String] = [:]
        for (letters, accented) in rows {
            for scalar in accented.unicodeScalars { plain[scalar] = letters }
        }
        return plain
    }()
}
