/// Tokens that are known by their shape rather than by their first bytes.
enum TokenShapes {
    static let all: [SecretRule] =
        [
            .shape(trigger: "eyJ", webToken), .shape(trigger: "SG.", sendGrid), .shape(trigger: ":AA", telegram),
            .shape(trigger: ".atlasv1.", terraform), .shape(trigger: "-us", mailchimp),
        ]
        + ["$1$", "$5$", "$6$", "$y$", "$7$", "$2a$", "$2b$", "$2y$", "$apr1$", "$argon2"].map {
            .shape(trigger: $0, passwordHash)
        }
        + "0123456789".map { .shape(trigger: "1/\($0)", asana) }
        + "0123456789".map { .shape(trigger: "\($0)Q~", azureSecret) }
        + discordTriggers.map { .shape(trigger: $0, discord) }

    /// JSON Web Tokens: three parts of base64url, the first two of which begin like `{"`.
    static func webToken(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("eyJ", at: index), !Alphabet.token.contains(text[index - 1]) || isAssigned(text, index) else {
            return nil
        }
        let header = text.end(of: .url, from: index, atMost: 4_000)
        guard header - index >= 10, text[header] == UInt8(ascii: ".") else { return nil }
        let payload = text.end(of: .url, from: header + 1, atMost: 16_000)
        // The payload of an encrypted one is no JSON; a signature or the next part follows either way.
        guard payload - header > 4, text[payload] == UInt8(ascii: ".") else { return nil }
        let end = text.end(of: .dotted, from: payload + 1, atMost: 16_000)
        return text.found(index..<end, "JSON web token")
    }

    private static func isAssigned(_ text: ScannedText, _ index: Int) -> Bool {
        text[index - 1] == UInt8(ascii: "=") && Alphabet.word.contains(text[index - 2])
            || text.isWordStart(index) && text[index - 1] != UInt8(ascii: "/") && text[index - 1] != UInt8(ascii: "+")
                && text[index - 1] != UInt8(ascii: ".")
    }

    /// `SG.` 22 characters `.` 43 characters
    private static func sendGrid(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("SG.", at: index), text.isWordStart(index) else { return nil }
        let middle = text.end(of: .url, from: index + 3, atMost: 30)
        let end = text.end(of: .url, from: middle + 1, atMost: 60)
        guard (16...24).contains(middle - index - 3), text[middle] == UInt8(ascii: "."), end - middle > 32 else {
            return nil
        }
        return text.found(index..<end, "SendGrid key")
    }

    /// `123456789:AA…`
    private static func telegram(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        let start = text.start(of: .digit, upTo: index, atMost: 12)
        let end = text.end(of: .url, from: index + 1, atMost: 40)
        guard text.has(":AA", at: index), (8...11).contains(index - start), end - index - 1 == 35,
            !Alphabet.word.contains(text[start - 1]) || text.hasFolded("bot", at: start - 3)
        else { return nil }
        return text.found(start..<end, "Telegram bot token")
    }

    /// 14 characters `.atlasv1.` 60 or more
    private static func terraform(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        let start = text.start(of: .alphanumeric, upTo: index, atMost: 14)
        let end = text.end(of: .url, from: index + 9, atMost: 100)
        guard text.has(".atlasv1.", at: index), index - start == 14, end - index > 60 else { return nil }
        return text.found(start..<end, "Terraform token")
    }

    /// 32 hexadecimal digits `-us` and the number of a data centre
    private static func mailchimp(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("-us", at: index) else { return nil }
        let start = text.start(of: .lowerHex, upTo: index, atMost: 33)
        let end = text.end(of: .digit, from: index + 3, atMost: 3)
        guard index - start == 32, (1...2).contains(end - index - 3), !Alphabet.word.contains(text[end]) else {
            return nil
        }
        return text.found(start..<end, "Mailchimp key")
    }

    /// `1/` a number `:` 32 hexadecimal digits
    private static func asana(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("1/", at: index), !Alphabet.word.contains(text[index - 1]) else { return nil }
        let colon = text.end(of: .digit, from: index + 2, atMost: 20)
        guard (10...18).contains(colon - index - 2), text[colon] == UInt8(ascii: ":") else { return nil }
        let end = text.end(of: .lowerHex, from: colon + 1, atMost: 33)
        return end - colon == 33 ? text.found(index..<end, "Asana token") : nil
    }

    /// As crypt(3) writes them: `$6$` salt `$` hash, and the like.
    private static func passwordHash(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text[index] == UInt8(ascii: "$"), text[index - 1] != UInt8(ascii: "$") else { return nil }
        let end = text.end(of: .crypt, from: index, atMost: 260)
        let parts = text.bytes[index..<end].split(separator: UInt8(ascii: "$"))
        let isBcrypt = parts.first?.first == UInt8(ascii: "2")
        guard (3...5).contains(parts.count), let last = parts.last, last.count >= (isBcrypt ? 53 : 22),
            SecretHeuristics.isRandom(last)
        else { return nil }
        return text.found(index..<end, "password hash")
    }

    /// Three characters, a digit, `Q~`, 31 to 34 characters
    private static func azureSecret(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        let start = index - 3
        let end = text.end(
            of: Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~.-"), from: index + 3,
            atMost: 40)
        guard text[index + 1] == UInt8(ascii: "Q"), start >= 0, (31...34).contains(end - index - 3),
            text.bytes[start..<index].allSatisfy(Alphabet.dotted.contains), !Alphabet.word.contains(text[start - 1])
        else { return nil }
        return text.found(start..<end, "Azure client secret")
    }

    /// The base64 of a number, `.`, 6 characters, `.`, 27 or more
    private static func discord(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard "MNO".utf8.contains(text[index]), text.isWordStart(index) else { return nil }
        let first = text.end(of: .url, from: index, atMost: 30)
        guard (23...28).contains(first - index), text[first] == UInt8(ascii: ".") else { return nil }
        let second = text.end(of: .url, from: first + 1, atMost: 8)
        guard second - first == 7, text[second] == UInt8(ascii: ".") else { return nil }
        let end = text.end(of: .url, from: second + 1, atMost: 50)
        return (27...40).contains(end - second - 1) ? text.found(index..<end, "Discord token") : nil
    }

    /// How base64 of two digits and more begins.
    private static let discordTriggers: [String] = ["MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"].flatMap {
        start in
        "AEIMQUYcgk".map { start + String($0) }
    }
}

extension Alphabet {
    fileprivate static let crypt = Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./$=,+-")
}
