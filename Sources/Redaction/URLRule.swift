/// Passwords and tokens in URLs, and webhooks, which are secrets as a whole.
enum URLRule {
    static let all: [SecretRule] = [
        .shape(trigger: "://", userInformation), .shape(trigger: "hooks.slack.com/", slackWebhook),
        .shape(trigger: "/api/webhooks/", discordWebhook), .shape(trigger: "sig=", sharedSignature),
        .shape(trigger: "webhook.office.com/", teamsWebhook),
        .shape(trigger: "x-amz-signature", cloudSignature), .shape(trigger: "x-goog-signature", cloudSignature),
        .shape(trigger: "x-amz-security-token", cloudSignature), .shape(trigger: "signature=", cloudSignature),
    ]

    /// `scheme://user:password@host`: the password; `https://token@host`: the token.
    private static func userInformation(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("://", at: index), text[index - 1].isLetter || text[index - 1].isDigit else { return nil }
        let start = index + 3
        let limit = min(text.bytes.count, start + 300)
        var end = start
        var at: Int?
        while end < limit, !"/?# \t\r\n\"'`<>\\,;|".utf8.contains(text[end]) {
            if text[end] == UInt8(ascii: "@") { at = end }
            end += 1
        }
        guard let at, at > start else { return nil }
        guard let colon = text.bytes[start..<at].firstIndex(of: UInt8(ascii: ":")) else {
            let user = text.bytes[start..<at]
            return user.count >= 16 && SecretHeuristics.isKey(user, isQuoted: true)
                ? text.found(start..<at, "URL token") : nil
        }
        guard colon + 1 < at, !isTemplate(text[colon + 1]) else { return nil }
        if let specific = text.specificFinding(at: colon + 1), specific.range.upperBound <= at { return specific }
        return text.found((colon + 1)..<at, "URL password")
    }

    /// `${PASSWORD}`, `<password>`, `***`, `[redacted…]`.
    private static func isTemplate(_ byte: UInt8) -> Bool { "$<{%*[".utf8.contains(byte) }

    private static func slackWebhook(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard
            let path = ["services/", "workflows/", "triggers/"].first(where: {
                text.has("hooks.slack.com/" + $0, at: index)
            })
        else { return nil }
        return whole(text, from: index + 16 + path.utf8.count, kind: "Slack webhook")
    }

    private static func discordWebhook(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("/api/webhooks/", at: index) else { return nil }
        return whole(text, from: index + 14, kind: "Discord webhook")
    }

    private static func teamsWebhook(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("webhook.office.com/", at: index) else { return nil }
        return whole(text, from: index + 19, kind: "Teams webhook")
    }

    /// The rest of a URL's path from here.
    private static func whole(_ text: ScannedText, from start: Int, kind: String) -> SecretRedactor.Finding? {
        let end = text.end(of: Alphabet.webhook, from: start, atMost: 300)
        guard end - start >= 20, SecretHeuristics.isRandom(text.bytes[start..<end]) else { return nil }
        return text.found(start..<end, kind)
    }

    /// The signature of an Azure SAS or of another signed URL.
    private static func sharedSignature(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("sig=", at: index), "?&; \"'".utf8.contains(text[index - 1]) else { return nil }
        let end = text.end(of: .percent, from: index + 4, atMost: 200)
        guard end - index >= 36, SecretHeuristics.isRandom(text.bytes[(index + 4)..<end]) else { return nil }
        return text.found((index + 4)..<end, "signed URL")
    }
}

extension URLRule {
    /// Whoever has a URL that a cloud's key has signed may do what it says.
    private static func cloudSignature(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        let names = ["x-amz-signature", "x-goog-signature", "x-amz-security-token", "signature"]
        guard let name = names.first(where: { text.hasFolded($0, at: index) }) else { return nil }
        if name == "signature", !"?&; \"',".utf8.contains(text[index - 1]) { return nil }
        let start = text.end(of: Alphabet("=: \"'"), from: index + name.utf8.count, atMost: 5)
        guard start > index + name.utf8.count else { return nil }
        let end = text.end(of: .percent, from: start, atMost: 4_000)
        guard end - start >= 32, SecretHeuristics.isRandom(text.bytes[start..<end]),
            text.bytes[start..<end].contains(where: \.isDigit)
        else { return nil }
        return text.found(start..<end, "signed URL")
    }
}

extension Alphabet {
    fileprivate static let webhook = Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/@")
}
