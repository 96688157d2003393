/// `password = "…"`, `api_key: …`, `"secret": "…"`, `--token …`, `<password>…</password>`, in whatever language.
enum AssignmentRule {
    static let all: [SecretRule] = words.keys.map { word in
        .shape(trigger: word) { text, index in find(word, in: text, at: index) }
    }

    /// The last word of a name that holds a secret, and what it is called in its place.
    private static let words: [String: String] = [
        "password": "password", "passwd": "password", "passphrase": "password", "pwd": "password",
        "contraseña": "password", "secret": "secret", "token": "token", "credential": "credential", "key": "key",
    ]

    /// What makes a key one that must be kept.
    private static let kindsOfKeys = [
        "api", "access", "private", "auth", "signing", "encryption", "account", "master", "secret", "service",
        "storage",
        "shared", "subscription", "ssh", "deploy", "admin", "app", "application", "consumer", "server", "preshared",
        "license", "session", "jwt", "client", "webhook", "hmac", "aes", "role",
    ]

    /// What may follow the word and leave it the name of a secret.
    private static let endings = [
        "s", "_value", "value", "_prod", "_production", "_dev", "_test", "_live", "_base64", "_id",
    ]

    private static let vendors = [
        "aws": "AWS", "azure": "Azure", "datadog": "Datadog", "dd_": "Datadog", "cloudflare": "Cloudflare",
        "cf_": "Cloudflare",
        "heroku": "Heroku", "twilio": "Twilio", "mailgun": "Mailgun", "mailchimp": "Mailchimp", "sentry": "Sentry",
        "newrelic": "New Relic", "new_relic": "New Relic", "okta": "Okta", "algolia": "Algolia", "discord": "Discord",
        "telegram": "Telegram", "openai": "OpenAI", "mistral": "Mistral", "cohere": "Cohere", "gitlab": "GitLab",
        "bitbucket": "Bitbucket", "jira": "Atlassian", "confluence": "Atlassian", "asana": "Asana", "trello": "Trello",
        "zendesk": "Zendesk", "fastly": "Fastly", "vercel": "Vercel", "snyk": "Snyk", "codecov": "Codecov",
    ]

    private static func find(_ word: String, in text: ScannedText, at index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded(word, at: index) else { return nil }
        let wordEnd = index + word.utf8.count
        let nameEnd = text.end(of: .word, from: wordEnd, atMost: 12)
        if nameEnd > wordEnd {
            let ending = text.string(wordEnd..<nameEnd).lowercased()
            guard endings.contains(ending) || ending.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "_") }) else {
                return nil
            }
        }
        // Cheap things first: most words are not followed by what assigns.
        guard "=:>,(\"'`]\\ \t".utf8.contains(text[nameEnd]) else { return nil }
        let nameStart = text.start(of: .url, upTo: index, atMost: 40)
        if word == "key", !isSecretKey(text, nameStart..<index) { return nil }
        guard let value = value(in: text, after: nameEnd, nameStart: nameStart) else { return nil }
        if let specific = text.specificFinding(at: value.range.lowerBound) { return specific }
        let bytes = text.bytes[value.range]
        let kind = words[word] ?? word
        let isSecret =
            kind == "password"
            ? Likeness.isPassword(bytes, isQuoted: value.isQuoted) : Likeness.isKey(bytes, isQuoted: value.isQuoted)
        guard isSecret else { return nil }
        return text.found(value.range, name(of: text.string(nameStart..<index).lowercased(), kind))
    }

    private static func isSecretKey(_ text: ScannedText, _ before: Range<Int>) -> Bool {
        var name = text.string(before).lowercased()
        guard !name.contains("public"), !name.contains("primary"), !name.contains("foreign") else { return false }
        while name.hasSuffix("_") || name.hasSuffix("-") { name.removeLast() }
        return kindsOfKeys.contains { name.hasSuffix($0) }
    }

    private static func name(of prefix: String, _ kind: String) -> String {
        guard let vendor = vendors.first(where: { prefix.hasPrefix($0.key) || prefix.contains("_" + $0.key) })?.value
        else {
            return kind
        }
        return vendor + " " + kind
    }

    private struct Value {
        let range: Range<Int>
        let isQuoted: Bool
    }

    /// What is assigned, if anything is.
    private static func value(in text: ScannedText, after nameEnd: Int, nameStart: Int) -> Value? {
        var index = skipQuote(text, nameEnd)
        index = text.end(of: .space, from: index, atMost: 40)
        switch text[index] {
        case UInt8(ascii: "="), UInt8(ascii: ":"):
            index = afterAnnotation(text, index)
            while "=:>~".utf8.contains(text[index]) { index += 1 }
        case UInt8(ascii: ">"): return element(in: text, from: index + 1)
        case UInt8(ascii: ","), UInt8(ascii: "("): index += 1
        default:
            let isFlag = text.has("--", at: nameStart)
            guard index > nameEnd, isFlag || isNetrc(text, nameStart) else { return nil }
        }
        index = text.end(of: .space, from: index, atMost: 40)
        let start = skipQuote(text, skipPrefix(text, index))
        let isQuoted = start > index && isQuote(text[start - 1])
        return isQuoted ? quoted(in: text, from: start) : plain(in: text, from: start)
    }

    /// Past `: String` in `let apiKey: String = "…"`.
    private static func afterAnnotation(_ text: ScannedText, _ colon: Int) -> Int {
        guard text[colon] == UInt8(ascii: ":") else { return colon }
        let type = text.end(of: .space, from: colon + 1, atMost: 4)
        let typeEnd = text.end(
            of: Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.?!<>[]&"), from: type,
            atMost: 40)
        let equals = text.end(of: .space, from: typeEnd, atMost: 4)
        return typeEnd > type && equals > typeEnd && text[equals] == UInt8(ascii: "=") ? equals : colon
    }

    /// `machine … login … password …`
    private static func isNetrc(_ text: ScannedText, _ nameStart: Int) -> Bool {
        let line = max(0, nameStart - 200)..<nameStart
        return String(decoding: text.bytes[line], as: UTF8.self).contains("login ")
    }

    private static func element(in text: ScannedText, from start: Int) -> Value? {
        let end = text.bytes[start..<min(text.bytes.count, start + 200)].firstIndex {
            $0 == UInt8(ascii: "<") || $0 == 0x0a
        }
        guard let end, text[end] == UInt8(ascii: "<"), text[end + 1] == UInt8(ascii: "/") else { return nil }
        return Value(range: start..<end, isQuoted: true)
    }

    /// Up to the same quotation mark on the same line.
    private static func quoted(in text: ScannedText, from start: Int) -> Value? {
        let mark = text[start - 1]
        var end = start
        let limit = min(text.bytes.count, start + 501)
        while end < limit, text[end] != mark, text[end] != 0x0a, text[end] != UInt8(ascii: " ") { end += 1 }
        guard end < limit, text[end] == mark else { return nil }
        if end > start, text[end - 1] == UInt8(ascii: "\\"), text[start - 2] == UInt8(ascii: "\\") { end -= 1 }
        return Value(range: start..<end, isQuoted: true)
    }

    private static func plain(in text: ScannedText, from start: Int) -> Value? {
        var end = start
        let limit = min(text.bytes.count, start + 501)
        while end < limit, !" \t\r\n\"'`,;)}]<>&|\\".utf8.contains(text[end]) { end += 1 }
        return end > start ? Value(range: start..<end, isQuoted: false) : nil
    }

    private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

    private static func skipQuote(_ text: ScannedText, _ index: Int) -> Int {
        var index = index
        if text[index] == UInt8(ascii: "\\") { index += 1 }
        if isQuote(text[index]) { index += 1 }
        // As in dict["password"] = …
        if text[index] == UInt8(ascii: "]") { index += 1 }
        return index
    }

    /// Past the letter of `b"…"` or `f'…'`, and past `@`.
    private static func skipPrefix(_ text: ScannedText, _ index: Int) -> Int {
        let isPrefix = text[index].isLetter || text[index] == UInt8(ascii: "@")
        return isPrefix && isQuote(text[index + 1]) ? index + 1 : index
    }
}
