/// Whether bytes look like a secret or like a word, a placeholder, a reference to one.
enum SecretHeuristics {
    /// Not a run of the same few bytes, as in `ghp_xxxxxxxx`.
    static func isRandom(_ bytes: ArraySlice<UInt8>) -> Bool {
        var seen = Set<UInt8>()
        for byte in bytes {
            seen.insert(byte)
            if seen.count >= min(8, bytes.count / 2) { return true }
        }
        return false
    }

    /// Bits a byte, of the bytes' own frequencies.
    static func entropy(_ bytes: ArraySlice<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { sum, count in
            count == 0 ? sum : sum - Double(count) / total * (Double(count) / total).binaryLogarithm
        }
    }

    /// The value of an assignment to something called a password.
    static func isPassword(_ bytes: ArraySlice<UInt8>, isQuoted: Bool) -> Bool {
        guard (8...200).contains(bytes.count) || isQuoted && (6..<8).contains(bytes.count) else { return false }
        let hasDigit = bytes.contains(where: \.isDigit)
        let hasLetter = bytes.contains(where: \.isLetter)
        let hasOther = bytes.contains { $0 < 0x80 && !$0.isDigit && !$0.isLetter && !"-_.:/".utf8.contains($0) }
        return hasLetter && (hasDigit || isQuoted && hasOther) && !isWordy(bytes) && entropy(bytes) >= 2.2
            && !isReference(bytes, isQuoted: isQuoted)
    }

    /// The value of an assignment to something called a key, token or secret.
    static func isKey(_ bytes: ArraySlice<UInt8>, isQuoted: Bool) -> Bool {
        guard (12...500).contains(bytes.count) else { return false }
        let digits = bytes.count(where: \.isDigit)
        return digits >= 2 && bytes.contains(where: \.isLetter) && !isWordy(bytes) && entropy(bytes) >= 2.8
            && !isReference(bytes, isQuoted: isQuoted)
    }

    /// The base64 of a curve's key, as WireGuard and others write it: whatever is in it.
    static func isKeyOf32Bytes(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count == 44 && bytes.last == UInt8(ascii: "=") && bytes.allSatisfy(Alphabet.base64.contains)
            && entropy(bytes) > 4
    }

    /// Too mixed to be a path, also when it begins with a slash.
    private static func isLongBase64(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count >= 32 && bytes.allSatisfy(Alphabet.base64.contains) && bytes.contains(where: \.isDigit)
            && bytes.contains { (0x41...0x5a).contains($0) } && bytes.contains { (0x61...0x7a).contains($0) }
            && entropy(bytes) > 4.2
    }

    /// Names where the secret is instead of holding it, or stands for one in an example.
    static func isReference(_ bytes: ArraySlice<UInt8>, isQuoted: Bool) -> Bool {
        guard let first = bytes.first else { return true }
        if first == UInt8(ascii: "/"), isLongBase64(bytes) { return false }
        if "$<{%*[(@#&/~^".utf8.contains(first) { return true }
        if !isQuoted, bytes.contains(where: { "(){}[]<>*$".utf8.contains($0) }) { return true }
        let text = bytes.map(\.folded)
        if references.contains(where: { text.starts(with: $0) }) { return true }
        return placeholders.contains { holds(text, $0) }
    }

    private static func holds(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard text.count >= wanted.count else { return false }
        for start in 0...(text.count - wanted.count) where text[start] == wanted[0] {
            var length = 1
            while length < wanted.count, text[start + length] == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }

    private static let references: [[UInt8]] = [
        "process.env", "os.environ", "os.getenv", "env.", "env:", "env[", "var.", "self.", "this.", "vault:", "ref+",
        "enc[",
        "arn:", "op://", "secretref", "sha1", "sha256", "sha384", "sha512", "md5", "blake", "data:", "./", "../",
        "projects/",
    ].map { Array($0.utf8) }

    private static let placeholders: [[UInt8]] = [
        "example", "changeme", "change-me", "change_me", "your", "placeholder", "xxxx", "****", "....", "dummy",
        "sample",
        "insert", "replace", "redacted", "{{", "${", "<%", "not-a-", "fake", "lorem", "://",
    ].map { Array($0.utf8) }

    /// Words with separators, a version number at most: `client-token-v2`, `utf-8`, `oauth2.token`.
    static func isWordy(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.allSatisfy(\.isLetter) { return true }
        let parts = bytes.split { "-_.:/,".utf8.contains($0) }
        return parts.count > 1
            && parts.allSatisfy { part in
                let digits = part.count(where: \.isDigit)
                return digits == 0 || digits == part.count && digits <= 4 || digits <= 2 && part.count <= 8
            }
    }
}

extension Double {
    /// The logarithm to base 2, for values in 0..<1 well enough to compare entropies.
    fileprivate var binaryLogarithm: Double {
        guard self > 0 else { return 0 }
        // self = significand × 2^exponent, with the significand in 1..<2.
        let x = (significand - 1) / (significand + 1)
        let square = x * x
        let natural = 2 * x * (1 + square * (1 / 3.0 + square * (1 / 5.0 + square * (1 / 7.0 + square / 9))))
        return Double(exponent) + natural * 1.442_695_040_888_963_4
    }
}
