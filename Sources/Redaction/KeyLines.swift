/// Lines that look like the middle of a private key: base64 as wide as the tools that write keys make it.
enum KeyLines {
    /// PEM and PGP, OpenSSH, MIME.
    private static let widths: Set<Int> = [64, 70, 76]

    static func isWide(_ count: Int) -> Bool { widths.contains(count) }

    /// What such lines hold, and the shorter one that ends such a run.
    static func ranges(_ lines: [Range<Int>], in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var isRunning = false
        for line in lines {
            let range = bare(line, in: bytes)
            let isFull = widths.contains(range.count) && isRandom(bytes[range])
            if isFull || isRunning && isLast(bytes[range]) { found.append(range) }
            isRunning = isFull
        }
        return found
    }

    /// Without the indentation, the quotes and the escaped newline that a key has in a program's text.
    private static func bare(_ line: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        guard line.count < 120 else { return line }
        var range = line
        while let first = range.first, " \t\"'`".utf8.contains(bytes[first]) { range = (first + 1)..<range.upperBound }
        while let last = range.last, " \t\"'`,;+\\".utf8.contains(bytes[last]) {
            // `+` may be the key's own: only one that stands alone is taken for an operator.
            if bytes[last] == UInt8(ascii: "+"), last > range.lowerBound, bytes[last - 1] != UInt8(ascii: " ") { break }
            range = range.lowerBound..<last
        }
        if range.count > 2, bytes[range.upperBound - 1] == UInt8(ascii: "n"),
            bytes[range.upperBound - 2] == UInt8(ascii: "\\")
        {
            range = range.lowerBound..<(range.upperBound - 2)
        }
        return range
    }

    private static func isRandom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy(Alphabet.base64.contains)
            && !bytes.allSatisfy(Alphabet.hex.contains)
            && bytes.contains { (0x41...0x5a).contains($0) } && bytes.contains { (0x61...0x7a).contains($0) }
            && bytes.contains(where: \.isDigit) && SecretHeuristics.entropy(bytes) > 4
    }

    private static func isLast(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count >= 4 && bytes.allSatisfy(Alphabet.base64.contains)
    }
}
