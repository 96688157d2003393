/// Passwords in the arguments of programs and in the files and statements that databases read.
enum CommandRule {
    static let all: [SecretRule] = [
        .shape(trigger: "-u ", user), .shape(trigger: "--user ", user), .shape(trigger: "sshpass", sshpass),
        .shape(trigger: "ssh-keygen", keyPhrase),
        .shape(trigger: "identified by", identifiedBy), .shape(trigger: "SecureString", secureString),
        .shape(trigger: ":5432:", passFile), .shape(trigger: "mysql", mysql), .shape(trigger: "mariadb", mysql),
    ]

    /// `curl -u name:password`
    private static func user(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard let option = ["-u ", "--user "].first(where: { text.has($0, at: index) }),
            Alphabet.space.contains(text[index - 1]),
            text.hasBefore("curl", index, atMost: 200)
        else { return nil }
        var start = index + option.utf8.count
        if isQuote(text[start]) { start += 1 }
        let name = text.end(of: Alphabet.dotted, from: start, atMost: 60)
        guard name > start, text[name] == UInt8(ascii: ":") else { return nil }
        return word(text, from: name + 1)
    }

    private static func sshpass(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("sshpass", at: index) else { return nil }
        let option = text.end(of: .space, from: index + 7, atMost: 4)
        guard text.has("-p", at: option) else { return nil }
        return word(text, from: text.end(of: .space, from: option + 2, atMost: 4))
    }

    /// `ssh-keygen -N '…'`, and `-P` for the old one.
    private static func keyPhrase(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("ssh-keygen", at: index) else { return nil }
        for option in (index + 10)..<min(text.bytes.count, index + 200) {
            if text[option] == 0x0a { return nil }
            guard Alphabet.space.contains(text[option - 1]), text.has("-N", at: option) || text.has("-P", at: option)
            else {
                continue
            }
            let start = text.end(of: Alphabet(" \t="), from: option + 2, atMost: 4)
            return argument(text, from: start)
        }
        return nil
    }

    /// Whatever the argument that begins here is, but for a variable; several words in quotes are one.
    private static func argument(_ text: ScannedText, from index: Int) -> SecretRedactor.Finding? {
        let mark = text[index]
        let start = isQuote(mark) ? index + 1 : index
        var end = start
        while end < start + 200, text[end] != 0x0a, isQuote(mark) ? text[end] != mark : text[end] != UInt8(ascii: " ") {
            end += 1
        }
        end = min(end, text.bytes.count)
        guard end > start, !"$<{%".utf8.contains(text[start]) else { return nil }
        return text.found(start..<end, "password")
    }

    /// `mysql -u name -psecret`, and its dump and admin.
    private static func mysql(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.isWordStart(index), text.has("mysql", at: index) || text.has("mariadb", at: index) else {
            return nil
        }
        var option = index + 5
        let limit = min(text.bytes.count, index + 200)
        while option < limit, text[option] != 0x0a {
            if text.has(" -p", at: option), !Alphabet.space.contains(text[option + 3]) {
                return word(text, from: option + 3)
            }
            option += 1
        }
        return nil
    }

    /// `CREATE USER … IDENTIFIED BY '…'`
    private static func identifiedBy(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.hasFolded("identified by", at: index) else { return nil }
        return literal(text, within: (index + 13)..<(index + 40))
    }

    /// `ConvertTo-SecureString "…" -AsPlainText`
    private static func secureString(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has("ConvertTo-SecureString", at: index - 10) else { return nil }
        return literal(text, within: (index + 12)..<(index + 60))
    }

    /// A line of `.pgpass`: host, port, database, user and password.
    private static func passFile(_ text: ScannedText, _ index: Int) -> SecretRedactor.Finding? {
        guard text.has(":5432:", at: index) else { return nil }
        let database = text.end(of: Alphabet.passFile, from: index + 6, atMost: 60)
        let user = text.end(of: Alphabet.passFile, from: database + 1, atMost: 60)
        guard text[database] == UInt8(ascii: ":"), text[user] == UInt8(ascii: ":") else { return nil }
        return word(text, from: user + 1)
    }

    /// The argument that begins here, when it is like a password.
    private static func word(_ text: ScannedText, from index: Int) -> SecretRedactor.Finding? {
        let mark = text[index]
        let start = isQuote(mark) ? index + 1 : index
        var end = start
        while end < start + 200, !" \t\r\n\"'`|;".utf8.contains(text[end]) { end += 1 }
        return finding(text, start..<end)
    }

    /// The first quoted text in a range of the line.
    private static func literal(_ text: ScannedText, within range: Range<Int>) -> SecretRedactor.Finding? {
        guard
            let mark = range.first(where: { isQuote(text[$0]) || text[$0] == 0x0a }), isQuote(text[mark])
        else { return nil }
        var end = mark + 1
        while end < mark + 200, text[end] != text[mark], text[end] != 0x0a { end += 1 }
        return text[end] == text[mark] ? finding(text, (mark + 1)..<end) : nil
    }

    private static func finding(_ text: ScannedText, _ range: Range<Int>) -> SecretRedactor.Finding? {
        let range = range.clamped(to: 0..<text.bytes.count)
        if let specific = text.specificFinding(at: range.lowerBound) { return specific }
        let isPassword = SecretHeuristics.isPassword(text.bytes[range], isQuoted: true)
        return isPassword ? text.found(range, "password") : nil
    }

    private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }
}

extension Alphabet {
    fileprivate static let passFile = Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.*-")
}
