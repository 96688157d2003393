internal import FoundationEssentials

/// Credentials in HTTP headers and in files that hold the same form.
enum HeaderRule {
    static let all: [SecretRule] = [
        .shape(trigger: "bearer", bearer), .shape(trigger: "basic", basic),
        .shape(trigger: "authorization", authorization),
        .shape(trigger: "\"auth\"", dockerAuth), .shape(trigger: "_auth", npmAuth),
    ]

    private static func bearer(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded("bearer", at: index), text.isWordStart(index) else { return nil }
        return value(text, after: index + 6, kind: "bearer token") { bytes in
            bytes.count >= 16 && bytes.contains(where: \.isDigit) && !SecretHeuristics.isWordy(bytes)
                && !SecretHeuristics.isReference(bytes, isQuoted: false)
        }
    }

    private static func basic(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded("basic", at: index), text.isWordStart(index) else { return nil }
        return value(text, after: index + 5, kind: "basic credentials", where: isPair)
    }

    /// `Authorization: token …` and the like, of any scheme.
    private static func authorization(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded("authorization", at: index) else { return nil }
        var start = index + 13
        while start < index + 20, "\"':= \\".utf8.contains(text[start]) { start += 1 }
        guard start > index + 13 else { return nil }
        let word = text.end(of: .url, from: start, atMost: 20)
        guard text[word] == UInt8(ascii: " "), word > start else { return nil }
        // They are found by themselves, and named for what they are.
        if text.hasFolded("bearer", at: start) || text.hasFolded("basic", at: start) { return nil }
        return text.specificFinding(at: word + 1)
            ?? value(text, after: word, kind: "authorization") {
                SecretHeuristics.isKey($0, isQuoted: true) || isPair($0)
            }
    }

    /// `"auth": "dXNlcjpwYXNz"`
    private static func dockerAuth(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("\"auth\"", at: index) else { return nil }
        var start = index + 6
        while start < index + 16, ": \t\"".utf8.contains(text[start]) { start += 1 }
        let end = text.end(of: .base64, from: start, atMost: 500)
        return isPair(text.bytes[start..<end]) ? text.found(start..<end, "registry credentials") : nil
    }

    /// `_auth=…` of an `.npmrc`.
    private static func npmAuth(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded("_auth", at: index) else { return nil }
        var start = index + 5
        while start < index + 10, "= \"".utf8.contains(text[start]) { start += 1 }
        let end = text.end(of: .base64, from: start, atMost: 500)
        return isPair(text.bytes[start..<end]) ? text.found(start..<end, "registry credentials") : nil
    }

    private static func value(
        _ text: ScannedText, after index: Int, kind: String, where isSecret: (ArraySlice<UInt8>) -> Bool
    ) -> SecretRedactor.Finding? {
        let start = text.end(of: .space, from: index, atMost: 4)
        guard start > index else { return nil }
        if let specific = text.specificFinding(at: start) { return specific }
        let end = text.end(of: .token, from: start, atMost: 4_000)
        return isSecret(text.bytes[start..<end]) ? text.found(start..<end, kind) : nil
    }

    /// The base64 of `user:password`.
    private static func isPair(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (8...2_000).contains(bytes.count) else { return false }
        let padding = String(repeating: "=", count: (4 - bytes.count % 4) % 4)
        guard let data = Data(base64Encoded: String(decoding: bytes, as: UTF8.self) + padding),
            let text = String(validating: data, as: UTF8.self)
        else { return false }
        return text.contains(":") && !text.unicodeScalars.contains { $0.value < 0x20 }
    }
}
