/// Three bytes, upper and lower case alike, with which a rule begins.
struct Trigger: Hashable {
    let key: UInt32

    @inline(__always)
    init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        key = (UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16) | 0x20_20_20
    }

    @inline(__always)
    var slot: Int { Int(truncatingIfNeeded: (key &* 0x9e37_79b1) >> 18) }
}

/// A form of secret.
enum SecretRule: Sendable {
    case token(TokenRule)
    case exact(ExactValue)
    /// Looks at a text from where the trigger is.
    case shape(trigger: String, @Sendable (ScannedText, Int) -> SecretRedactor.Finding?)
    /// Finds all that a document holds, also far from where the trigger is.
    case document(trigger: String, @Sendable (ScannedText, Int) -> [SecretRedactor.Finding])

    var trigger: [UInt8] {
        switch self {
        case .token(let rule): rule.prefix
        case .exact(let value): value.part
        case .shape(let trigger, _), .document(let trigger, _): Array(trigger.utf8)
        }
    }
}

/// The rules by the bytes they begin with.
struct TriggerTable: Sendable {
    private var slots = [Bool](repeating: false, count: 1 << 14)
    private var rules: [UInt32: [SecretRule]] = [:]

    static let builtIn = TriggerTable().adding(
        DocumentRule.all + TokenRule.all.map { .token($0) } + PrivateKeyRule.all + TokenShapes.all + URLRule.all
            + HeaderRule.all
            + CommandRule.all + AssignmentRule.all + SpokenSecret.all + Mnemonic.all)

    /// With more rules, which are tried before those that are there.
    func adding(_ more: [SecretRule]) -> TriggerTable {
        var table = self
        for rule in more.reversed() {
            let bytes = rule.trigger
            guard bytes.count >= 3 else { continue }
            let trigger = Trigger(bytes[0], bytes[1], bytes[2])
            table.slots[trigger.slot] = true
            table.rules[trigger.key, default: []].insert(rule, at: 0)
        }
        return table
    }

    @inline(__always)
    func mayStart(_ trigger: Trigger) -> Bool { slots[trigger.slot] }

    func rules(for trigger: Trigger) -> [SecretRule] { rules[trigger.key] ?? [] }
}

/// A value that must not appear anywhere.
struct ExactValue: Sendable {
    let kind: String
    let bytes: [UInt8]
    /// Where `part` begins in the value.
    private let start: Int
    /// What is looked for: the value, or all but a few characters of it.
    let part: [UInt8]

    /// So many characters may be missing, and it is still that value.
    private static let mostMissing = 3
    private static let shortestPart = 8

    private init(kind: String, bytes: [UInt8], start: Int, count: Int) {
        self.kind = kind
        self.bytes = bytes
        self.start = start
        part = Array(bytes[start..<start + count])
    }

    /// As much of the value as stands around its part at an index.
    func range(in text: ScannedText, at index: Int) -> Range<Int>? {
        guard text.has(part, at: index) else { return nil }
        var (lower, upper) = (index, index + part.count)
        while index - lower < start, lower > 0, text[lower - 1] == bytes[start - (index - lower) - 1] { lower -= 1 }
        while start + upper - index < bytes.count, upper < text.bytes.count, text[upper] == bytes[start + upper - index]
        {
            upper += 1
        }
        return lower..<upper
    }

    /// The value as it is, and as URLs and JSON write it.
    static func forms(of value: String, kind: String) -> [SecretRule] {
        guard value.utf8.count >= 6 else { return [] }
        var forms = Set([value])
        var inURL = ""
        var inJSON = ""
        for scalar in value.unicodeScalars {
            let isPlain =
                scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
            inURL += isPlain ? String(scalar) : String(scalar).utf8.map { "%" + hexadecimal($0) }.joined()
            inJSON += scalar == "\"" || scalar == "\\" ? "\\" + String(scalar) : String(scalar)
        }
        forms.formUnion([inURL, inJSON])
        return forms.flatMap { form -> [SecretRule] in
            let bytes = Array(form.utf8)
            let count = bytes.count - mostMissing
            guard count >= shortestPart else {
                return [.exact(ExactValue(kind: kind, bytes: bytes, start: 0, count: bytes.count))]
            }
            return (0...mostMissing).map { .exact(ExactValue(kind: kind, bytes: bytes, start: $0, count: count)) }
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
