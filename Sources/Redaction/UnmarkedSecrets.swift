/// What is secret though nothing marks it: lines of a private key whose head is elsewhere, a Bitcoin key, the words of a
/// wallet. Only what the rules found nothing in is looked at.
enum UnmarkedSecrets {
    static func findings(in bytes: [UInt8], beside found: [SecretRedactor.Finding]) -> [SecretRedactor.Finding] {
        var findings: [SecretRedactor.Finding] = []
        var lines: [Range<Int>] = []
        var isPublic = false
        var start = 0
        while start < bytes.count {
            let newline = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
            let end = newline > start && bytes[newline - 1] == 0x0d ? newline - 1 : newline
            let line = start..<end
            start = newline + 1
            if let marks = publicBlock(bytes[line], isPublic) { isPublic = marks }
            if isPublic { continue }
            lines.append(line)
            if let words = Mnemonic.words(ofWholeLine: line, in: bytes) {
                findings.append(SecretRedactor.Finding(range: words, kind: "mnemonic"))
            }
        }
        findings += KeyLines.ranges(lines.map { withoutSign($0, in: bytes) }, in: bytes).map {
            SecretRedactor.Finding(range: $0, kind: "private key")
        }
        findings += BitcoinKey.findings(in: bytes)
        return findings.filter { new in !found.contains { $0.range.overlaps(new.range) } }
    }

    /// Whether a line begins or ends what may be seen: a certificate, a public key, a signature.
    private static func publicBlock(_ line: ArraySlice<UInt8>, _ isPublic: Bool) -> Bool? {
        guard line.count >= 15, line.count < 120, let dash = line.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let text = line[dash...]
        if text.starts(with: "-----END ".utf8) { return false }
        guard text.starts(with: "-----BEGIN ".utf8) else { return nil }
        return !String(decoding: text, as: UTF8.self).contains("PRIVATE KEY")
    }

    /// A diff's line has a sign before it; which `+` is the key's own, the width tells.
    private static func withoutSign(_ line: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        guard KeyLines.isWide(line.count - 1), "+-".utf8.contains(bytes[line.lowerBound]) else { return line }
        return (line.lowerBound + 1)..<line.upperBound
    }
}

/// A private key in the format that wallets export: base58 of a known length.
enum BitcoinKey {
    private static let base58 = Alphabet("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")

    static func findings(in bytes: [UInt8]) -> [SecretRedactor.Finding] {
        var findings: [SecretRedactor.Finding] = []
        var start = 0
        for index in 0...bytes.count {
            if index < bytes.count, Alphabet.token.contains(bytes[index]), bytes[index] != UInt8(ascii: "=") {
                continue
            }
            if isKey(bytes[start..<index]) {
                findings.append(SecretRedactor.Finding(range: start..<index, kind: "Bitcoin key"))
            }
            start = index + 1
        }
        return findings
    }

    private static func isKey(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first else { return false }
        let isLong = word.count == 52 && "KLc".utf8.contains(first)
        let isShort = word.count == 51 && "59".utf8.contains(first)
        return (isLong || isShort) && word.allSatisfy(base58.contains)
            && word.contains { (0x41...0x5a).contains($0) } && word.contains { (0x61...0x7a).contains($0) }
            && word.contains(where: \.isDigit) && SecretHeuristics.entropy(word) > 4
    }
}
