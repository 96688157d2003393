/// Why a text is no pattern.
struct PatternError: Error, Hashable {
    let reason: String
}

/// `a [b] (c|d) <rule> {slot} {slot:type} {slot=value} {slot:type~name} !slot`, straight to nodes.
struct PatternReader {
    private let bytes: [UInt8]
    private let end: Int
    private var index: Int

    /// Reads a pattern into a grammar's nodes.
    ///
    /// Gives: the index of its node.
    static func read(
        _ range: Range<Int>, of bytes: [UInt8], into grammar: inout GrammarBuilder
    ) throws(PatternError) -> Int {
        var reader = PatternReader(bytes: bytes, end: range.upperBound, index: range.lowerBound)
        let node = try reader.choice(&grammar)
        guard reader.index == reader.end else { throw PatternError(reason: "there is a bracket too many") }
        return node
    }

    private init(bytes: [UInt8], end: Int, index: Int) {
        self.bytes = bytes
        self.end = end
        self.index = index
    }

    private mutating func choice(_ grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        let mark = grammar.pending.count
        grammar.pending.append(try sequence(&grammar))
        while index < end, bytes[index] == UInt8(ascii: "|") {
            index += 1
            grammar.pending.append(try sequence(&grammar))
        }
        return grammar.choice(from: mark)
    }

    private mutating func sequence(_ grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        let mark = grammar.pending.count
        loop: while index < end {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"): index += 1
            case UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "]"): break loop
            case UInt8(ascii: "("): grammar.pending.append(try bracketed(until: UInt8(ascii: ")"), &grammar))
            case UInt8(ascii: "["):
                grammar.pending.append(grammar.optional(try bracketed(until: UInt8(ascii: "]"), &grammar)))
            case UInt8(ascii: "<"):
                let (range, hash) = try name(until: UInt8(ascii: ">"))
                grammar.pending.append(grammar.rule(range, hash))
            case UInt8(ascii: "{"):
                let (range, hash) = try name(until: UInt8(ascii: "}"))
                grammar.pending.append(grammar.slot(range, hash))
            case UInt8(ascii: "!"):
                index += 1
                grammar.pending.append(grammar.missing(word().range))
            default:
                let (range, hash) = word()
                grammar.appendWords(range, hash)
            }
        }
        return grammar.sequence(from: mark)
    }

    private mutating func bracketed(until close: UInt8, _ grammar: inout GrammarBuilder) throws(PatternError) -> Int {
        index += 1
        let node = try choice(&grammar)
        guard index < end, bytes[index] == close else { throw PatternError(reason: "a bracket is not closed") }
        index += 1
        return node
    }

    private mutating func name(until close: UInt8) throws(PatternError) -> (range: Range<Int>, hash: UInt32) {
        let start = index + 1
        var hash = ByteTable.emptyHash
        index = start
        while index < end, bytes[index] != close {
            hash = ByteTable.hash(hash, bytes[index])
            index += 1
        }
        guard index < end else { throw PatternError(reason: "a < or { is not closed") }
        index += 1
        return (start..<(index - 1), hash)
    }

    private mutating func word() -> (range: Range<Int>, hash: UInt32) {
        let start = index
        var hash = ByteTable.emptyHash
        while index < end, !Self.endsWord(bytes[index]) {
            hash = ByteTable.hash(hash, bytes[index])
            index += 1
        }
        return (start..<index, hash)
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "{"),
            UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
