/// The bytes that are searched, with the questions rules ask about them. Every look is bounded.
struct ScannedText {
    let bytes: [UInt8]
    let table: TriggerTable

    /// What begins at an index, by the rules of its trigger; what a document there holds is added to the list.
    func finding(at index: Int, _ trigger: Trigger, document: inout [SecretRedactor.Finding]) -> SecretRedactor.Finding?
    {
        for rule in table.rules(for: trigger) {
            if case .document(_, let find) = rule { document += find(self, index) }
            if let finding = finding(of: rule, at: index) { return finding }
        }
        return nil
    }

    /// A token, private key or known value at an index: what a more general rule asks before it speaks.
    func specificFinding(at index: Int) -> SecretRedactor.Finding? {
        guard index + 2 < bytes.count else { return nil }
        for rule in table.rules(for: Trigger(bytes[index], bytes[index + 1], bytes[index + 2])) {
            switch rule {
            case .token, .exact: if let finding = finding(of: rule, at: index) { return finding }
            case .shape, .document: continue
            }
        }
        return TokenShapes.webToken(self, index) ?? PrivateKeyRule.block(self, index)
    }

    private func finding(of rule: SecretRule, at index: Int) -> SecretRedactor.Finding? {
        switch rule {
        case .token(let rule): rule.finding(in: self, at: index)
        case .exact(let value):
            value.range(in: self, at: index).map { found($0, value.kind) }
        case .shape(_, let find): find(self, index)
        case .document: nil
        }
    }

    func found(_ range: Range<Int>, _ kind: String) -> SecretRedactor.Finding {
        SecretRedactor.Finding(range: range, kind: kind)
    }

    /// The byte at an index; a newline beyond both ends.
    @inline(__always)
    subscript(index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0x0a }

    func has(_ wanted: [UInt8], at index: Int) -> Bool {
        guard index >= 0, index + wanted.count <= bytes.count else { return false }
        for offset in wanted.indices where bytes[index + offset] != wanted[offset] { return false }
        return true
    }

    func has(_ wanted: String, at index: Int) -> Bool { has(Array(wanted.utf8), at: index) }

    /// Compares ASCII letters without their case; `wanted` is in lower case.
    func hasFolded(_ wanted: String, at index: Int) -> Bool {
        guard index >= 0, index + wanted.utf8.count <= bytes.count else { return false }
        for (offset, byte) in wanted.utf8.enumerated() where bytes[index + offset].folded != byte { return false }
        return true
    }

    /// Whether a text stands somewhere before an index, at most so many bytes.
    func hasBefore(_ wanted: String, _ index: Int, atMost count: Int) -> Bool {
        let wanted = Array(wanted.utf8)
        var start = index - wanted.count
        while start >= max(0, index - count) {
            if has(wanted, at: start) { return true }
            start -= 1
        }
        return false
    }

    /// Where the run of an alphabet's bytes from an index ends, at most so many further.
    func end(of alphabet: Alphabet, from index: Int, atMost count: Int) -> Int {
        var end = index
        let limit = min(bytes.count, index + count)
        while end < limit, alphabet.contains(bytes[end]) { end += 1 }
        return end
    }

    /// Where the run of an alphabet's bytes up to an index starts, at most so many before.
    func start(of alphabet: Alphabet, upTo index: Int, atMost count: Int) -> Int {
        var start = index
        let limit = max(0, index - count)
        while start > limit, alphabet.contains(bytes[start - 1]) { start -= 1 }
        return start
    }

    /// Whether a word can start here: a token within a longer word is none. The `-` of a diff's line is no word.
    func isWordStart(_ index: Int) -> Bool {
        let before = self[index - 1]
        if before == UInt8(ascii: "-") { return self[index - 2] == 0x0a }
        // The n of an escaped newline is none either.
        if before == UInt8(ascii: "n") || before == UInt8(ascii: "t") || before == UInt8(ascii: "r") {
            return self[index - 2] == UInt8(ascii: "\\")
        }
        return !Alphabet.word.contains(before)
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension UInt8 {
    /// In lower case where it is an ASCII letter.
    var folded: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x61...0x7a).contains(self | 0x20) }
}

/// A set of bytes.
struct Alphabet: Sendable {
    private var low: (UInt64, UInt64) = (0, 0)

    init(_ members: String) {
        for byte in members.utf8 where byte < 0x80 {
            if byte < 64 { low.0 |= 1 << UInt64(byte) } else { low.1 |= 1 << UInt64(byte - 64) }
        }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low.0 >> UInt64(byte) & 1 == 1 : byte < 128 && low.1 >> UInt64(byte - 64) & 1 == 1
    }

    private static let digits = "0123456789"
    private static let lower = "abcdefghijklmnopqrstuvwxyz"
    private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    static let digit = Alphabet(digits)
    static let hex = Alphabet(digits + "abcdefABCDEF")
    static let lowerHex = Alphabet(digits + "abcdef")
    static let upperAlphanumeric = Alphabet(digits + upper)
    static let lowerAlphanumeric = Alphabet(digits + lower)
    static let alphanumeric = Alphabet(digits + lower + upper)
    /// What makes a word in code.
    static let word = Alphabet(digits + lower + upper + "_")
    static let url = Alphabet(digits + lower + upper + "_-")
    static let dotted = Alphabet(digits + lower + upper + "_-.")
    static let base64 = Alphabet(digits + lower + upper + "+/=")
    static let anyBase64 = Alphabet(digits + lower + upper + "+/=_-")
    static let token = Alphabet(digits + lower + upper + "+/=_-.~")
    static let percent = Alphabet(digits + lower + upper + "+/=_-.~%")
    static let space = Alphabet(" \t")
}
