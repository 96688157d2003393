/// Passwords as people say and write them: `my password is hunter2`, `la clave es …`, `clave: …`.
enum SpokenSecret {
    static let all: [SecretRule] = names.keys.map { name in
        .shape(trigger: name) { text, index in find(name, text, index) }
    }

    private static let names: [String: String] = [
        "password": "password", "passphrase": "password", "passcode": "password", "contraseña": "password",
        "clave": "password", "secret": "secret", "token": "token", "api key": "key", "pin ": "password",
    ]
    private static let verbs = [" is now ", " is: ", " is ", " was ", " es: ", " es ", " era ", " = ", ": ", ":", "="]
    /// Whose it is; of nobody's password a word says nothing.
    private static let owners = [
        "my ", "our ", "his ", "her ", "their ", "your ", "the ", "mi ", "su ", "tu ", "la ", "nuestra ", "root ",
        "admin ", "db ", "database ", "wifi ", "wi-fi ", "vpn ",
    ]
    /// What is said of a password that is not the password.
    private static let words: Set<String> = [
        "required", "requerida", "wrong", "incorrect", "incorrecta", "invalid", "empty", "missing", "stored", "hashed",
        "needed", "optional", "secret", "unknown", "correct", "correcta", "weak", "strong", "null", "none", "nil",
        "true", "false", "string", "text", "secreta", "necesaria", "obligatoria", "that", "what", "this", "where",
        "when", "which", "read", "sent", "asked", "checked", "changed", "rotated", "expired", "redacted", "masked",
        "never", "always", "also", "only", "kept", "being", "used", "given", "taken", "long", "short", "safe",
        "different", "same", "saved", "encrypted", "protected", "generated", "shared", "printed", "logged", "shown",
        "hidden", "visible", "defined", "configured", "provided", "passed", "somewhere", "there", "here", "still",
        "already", "para", "como", "donde", "cuando", "nunca", "siempre", "demasiado", "distinta", "privada",
    ]

    private static func find(_ name: String, _ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded(name, at: index), !Alphabet.url.contains(text[index - 1]) else { return nil }
        let isOwned = owners.contains { text.hasFolded($0, at: index - $0.utf8.count) }
        var end = index + name.utf8.count
        if text[end - 1] == UInt8(ascii: " ") { end -= 1 }
        // `my password for the printer is …`
        if isOwned { end = pastPurpose(text, end) }
        guard let verb = verbs.first(where: { text.hasFolded($0, at: end) }) else { return nil }
        let isSaid = verb.utf8.contains(where: \.isLetter)
        guard isOwned || !isSaid else { return nil }
        var start = text.end(of: .space, from: end + verb.utf8.count, atMost: 4)
        let isQuoted = "\"'`".utf8.contains(text[start])
        if isQuoted { start += 1 }
        var last = start
        while last < min(text.bytes.count, start + 200), !" \t\r\n\"'`,;)<>|\\".utf8.contains(text[last]) { last += 1 }
        while last > start, ".!?:".utf8.contains(text[last - 1]), !isQuoted { last -= 1 }
        guard last > start else { return nil }
        if let specific = text.specificFinding(at: start) { return specific }
        let value = text.bytes[start..<last]
        let isPassword = names[name] == "password"
        guard isSecret(value, isOwned: isOwned && isSaid, isQuoted: isQuoted, isPassword: isPassword) else {
            return nil
        }
        return text.found(start..<last, names[name] ?? name)
    }

    /// Past ` for the printer`, ` de la red`: at most six words of the same sentence.
    private static func pastPurpose(_ text: ScannedText, _ start: Int) -> Int {
        guard
            [" for ", " of ", " to ", " on ", " de ", " del ", " para ", " en "].contains(where: {
                text.hasFolded($0, at: start)
            })
        else { return start }
        var at = start
        for index in start..<min(text.bytes.count, start + 60) {
            if ".\n,;".utf8.contains(text[index]) { break }
            if verbs.prefix(7).contains(where: { text.hasFolded($0, at: index) }) {
                at = index
                break
            }
        }
        return at
    }

    private static func isSecret(
        _ value: ArraySlice<UInt8>, isOwned: Bool, isQuoted: Bool, isPassword: Bool
    ) -> Bool {
        guard value.count >= 4, !SecretHeuristics.isReference(value, isQuoted: isQuoted) else { return false }
        let word = String(decoding: value, as: UTF8.self).lowercased()
        if words.contains(word) || word.hasSuffix("ed") && value.allSatisfy(\.isLetter) { return false }
        let hasDigit = value.contains(where: \.isDigit)
        let hasSign = value.contains { $0 < 0x80 && !$0.isDigit && !$0.isLetter && !"-_./:".utf8.contains($0) }
        // Somebody's own is whatever it is, unless it is a word that says something of it.
        if isOwned { return true }
        // Words with a number at their end are what people make passwords of.
        let isMixed = value.contains { (0x41...0x5a).contains($0) } && value.contains { (0x61...0x7a).contains($0) }
        if isPassword, isMixed, hasDigit, value.count >= 8 { return true }
        return value.count >= 6 && (hasDigit && value.contains(where: \.isLetter) || hasSign && hasDigit)
            && !SecretHeuristics.isWordy(value)
    }
}
