/// Private keys: PEM of every kind, OpenSSH, PGP, PuTTY; whole, or cut off at either end.
enum PrivateKeyRule {
    static let all: [SecretRule] = [
        .shape(trigger: "-----BEGIN", block), .shape(trigger: "-----END", tail),
        .shape(trigger: "Private-Lines:", putty), .shape(trigger: "$ANSIBLE_VAULT;", ansibleVault),
    ]

    private static let dashes = "-----"

    /// From `-----BEGIN … PRIVATE KEY-----` to its end, or to the end of its lines where that is missing.
    static func block(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("-----BEGIN ", at: index), let header = label(text, after: index + 11) else { return nil }
        var end = header.end
        let limit = min(text.bytes.count, end + (64 << 10))
        while end < limit, !text.has(dashes, at: end) { end += 1 }
        if text.has("-----END ", at: end), let footer = label(text, after: end + 9) {
            return text.found(index..<footer.end, header.kind)
        }
        return text.found(index..<lines(text, from: header.end), header.kind)
    }

    /// The end of a key whose beginning is not there: the lines before `-----END … PRIVATE KEY-----`.
    private static func tail(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("-----END ", at: index), let footer = label(text, after: index + 9) else { return nil }
        let start = text.start(of: body, upTo: index, atMost: 64 << 10)
        return text.found(start..<footer.end, footer.kind)
    }

    private static func putty(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("Private-Lines:", at: index) else { return nil }
        var start = index + 14
        while start < text.bytes.count, text[start] != 0x0a { start += 1 }
        let end = lines(text, from: start)
        return end > start + 1 ? text.found((start + 1)..<end, "private key") : nil
    }

    /// The digits below the first line, which may stand further in.
    private static func ansibleVault(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("$ANSIBLE_VAULT;", at: index) else { return nil }
        var start = index
        while start < text.bytes.count, text[start] != 0x0a { start += 1 }
        start = text.end(of: .white, from: start, atMost: 200)
        var end = text.end(of: .hexLines, from: start, atMost: 1 << 20)
        while end > start, Alphabet.white.contains(text[end - 1]) { end -= 1 }
        return end - start >= 32 ? text.found(start..<end, "Ansible vault") : nil
    }

    /// Reads `RSA PRIVATE KEY-----`, or `PGP PRIVATE KEY BLOCK-----`.
    private static func label(_ text: ScannedText, after start: Int) -> (kind: String, end: Int)? {
        let end = text.end(of: words, from: start, atMost: 60)
        guard text.has(dashes, at: end) else { return nil }
        let label = text.string(start..<end)
        guard label.contains("PRIVATE KEY") else { return nil }
        return (label.hasPrefix("PGP") ? "PGP private key" : "private key", end + dashes.utf8.count)
    }

    /// Where the lines of base64 from an index end; escaped newlines, as in JSON, are line ends too.
    private static func lines(_ text: ScannedText, from start: Int) -> Int {
        let end = text.end(of: body, from: start, atMost: 64 << 10)
        // A following word of prose is no base64: give back what comes after the last newline unless it is long.
        var last = end
        while last > start, text[last - 1] != 0x0a { last -= 1 }
        return end - last >= 16 || last == start ? end : max(start, last - 1)
    }

    private static let words = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
    private static let body = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\\\r\n")
}

extension Alphabet {
    fileprivate static let white = Alphabet(" \t\r\n")
    fileprivate static let hexLines = Alphabet("0123456789abcdef \t\r\n")
}
