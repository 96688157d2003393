/// Why a text is no pattern.
struct PatternError: Error, Hashable {
    let reason: String
}

/// `a [b] (c|d) <rule> {slot} {slot:type} {slot=value} {slot:type~name} !slot`, straight to nodes.
struct PatternReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    /// Reads a pattern into a grammar's nodes.
    ///
    /// - Returns: The index of its node.
    static func read(_ bytes: ArraySlice<UInt8>, into grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        var reader = PatternReader(bytes: bytes, index: bytes.startIndex)
        let node = try reader.choice(&grammar)
        guard reader.index == bytes.endIndex else { throw PatternError(reason: "there is a bracket too many") }
        return node
    }

    private init(bytes: ArraySlice<UInt8>, index: Int) {
        self.bytes = bytes
        self.index = index
    }

    private mutating func choice(_ grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        let first = try sequence(&grammar)
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "|") else { return first }
        var choices = [first]
        while index < bytes.endIndex, bytes[index] == UInt8(ascii: "|") {
            index += 1
            choices.append(try sequence(&grammar))
        }
        return grammar.choice(choices)
    }

    private mutating func sequence(_ grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        var parts: [Int] = []
        loop: while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: " "): index += 1
            case UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "]"): break loop
            case UInt8(ascii: "("): parts.append(try bracketed(until: UInt8(ascii: ")"), &grammar))
            case UInt8(ascii: "["): parts.append(grammar.optional(try bracketed(until: UInt8(ascii: "]"), &grammar)))
            case UInt8(ascii: "<"): parts.append(grammar.rule(try name(until: UInt8(ascii: ">")).text))
            case UInt8(ascii: "{"): parts.append(grammar.slot(try name(until: UInt8(ascii: "}"))))
            case UInt8(ascii: "!"):
                index += 1
                parts.append(grammar.missing(word().text))
            default: parts += grammar.words(word())
            }
        }
        return grammar.sequence(parts)
    }

    private mutating func bracketed(until close: UInt8, _ grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        index += 1
        let node = try choice(&grammar)
        guard index < bytes.endIndex, bytes[index] == close else {
            throw PatternError(reason: "a bracket is not closed")
        }
        index += 1
        return node
    }

    private mutating func name(until close: UInt8) throws(PatternError) -> ArraySlice<UInt8> {
        guard let end = bytes[index...].firstIndex(of: close) else {
            throw PatternError(reason: "\(bytes[index...].text) is not closed")
        }
        defer { index = end + 1 }
        return bytes[(index + 1)..<end]
    }

    private mutating func word() -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.endIndex, !Self.endsWord(bytes[index]) { index += 1 }
        return bytes[start..<index]
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
