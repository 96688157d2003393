/// `password = "…"`, `api_key: …`, `"secret": "…"`, `--token …`, `<password>…</password>`, in whatever language.
enum AssignmentRule {
    static let all: [SecretRule] = words.keys.map { word in
        .shape(trigger: word) { text, index in find(word, in: text, at: index) }
    }

    /// The last word of a name that holds a secret, and what it is called in its place.
    private static let words: [String: String] = [
        "password": "password", "passwd": "password", "passphrase": "password", "pwd": "password", "pass": "password",
        "contraseña": "password", "clave": "password", "pat": "token", "secret": "secret", "token": "token",
        "credential": "credential", "key": "key",
    ]

    /// Those that only the last part of a name can be: `DB_PASS`, `GH_PAT`, no `compass` and no `pattern`.
    private static let parts: Set<String> = ["pass", "pat", "clave"]

    /// What makes a key one that must be kept.
    private static let kindsOfKeys = [
        "api", "access", "private", "auth", "signing", "encryption", "account", "master", "secret", "service",
        "storage",
        "shared", "subscription", "ssh", "deploy", "admin", "app", "application", "consumer", "server", "preshared",
        "license", "session", "jwt", "client", "webhook", "hmac", "aes", "role", "routing", "integration",
    ]

    /// What may follow the word and leave it the name of a secret.
    private static let endings = [
        "s", "_value", "value", "_prod", "_production", "_dev", "_test", "_live", "_base64", "_id", "_base",
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
        var nameEnd = text.end(of: .word, from: wordEnd, atMost: 12)
        if nameEnd > wordEnd {
            let ending = text.string(wordEnd..<nameEnd).lowercased()
            guard endings.contains(ending) || ending.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "_") }) else {
                return nil
            }
        }
        // As in `client-key-data` of a kubeconfig.
        if word == "key", text.has("-data:", at: nameEnd) { nameEnd += 5 }
        // Cheap things first: most words are not followed by what assigns.
        guard "=:>,(\"'`]\\ \t".utf8.contains(text[nameEnd]) else { return nil }
        let nameStart = text.start(of: .url, upTo: index, atMost: 40)
        if parts.contains(word), !isPart(text, index, nameStart) || !isAssigned(text, nameEnd) { return nil }
        if word == "key", !isSecretKey(text, nameStart..<index) { return nil }
        guard let value = AssignedValue(in: text, after: nameEnd, nameStart: nameStart) else { return nil }
        if let specific = text.specificFinding(at: value.range.lowerBound) { return specific }
        let bytes = text.bytes[value.firstLine]
        let kind = words[word] ?? word
        let isSecret =
            kind == "password"
            ? SecretHeuristics.isPassword(bytes, isQuoted: value.isQuoted)
            : SecretHeuristics.isKey(bytes, isQuoted: value.isQuoted)
        guard isSecret || SecretHeuristics.isKeyOf32Bytes(bytes) else { return nil }
        return text.found(value.range, name(text, nameStart..<index, kind))
    }

    private static func isPart(_ text: ScannedText, _ index: Int, _ nameStart: Int) -> Bool {
        if index == nameStart { return !Alphabet.word.contains(text[index - 1]) }
        let isCamel = text[index] & 0x20 == 0 && text[index - 1] & 0x20 != 0
        return "_-".utf8.contains(text[index - 1]) || isCamel
    }

    private static func isAssigned(_ text: ScannedText, _ nameEnd: Int) -> Bool {
        "=:".utf8.contains(text[text.end(of: Alphabet(" \t\"'\\]"), from: nameEnd, atMost: 20)])
    }

    private static func isSecretKey(_ text: ScannedText, _ before: Range<Int>) -> Bool {
        var name = text.string(before).lowercased()
        guard !name.contains("public"), !name.contains("primary"), !name.contains("foreign") else { return false }
        while name.hasSuffix("_") || name.hasSuffix("-") { name.removeLast() }
        return kindsOfKeys.contains { name.hasSuffix($0) }
    }

    /// With the name of the service that it is for, where one is known: `DATADOG_API_KEY`.
    private static func name(_ text: ScannedText, _ before: Range<Int>, _ kind: String) -> String {
        for start in before where start == before.lowerBound || text[start - 1] == UInt8(ascii: "_") {
            if let vendor = vendors.first(where: { text.hasFolded($0.key, at: start) }) {
                return vendor.value + " " + kind
            }
        }
        return kind
    }
}
