/// What is secret because of the document that it is in: the values of a Kubernetes Secret, whatever they are called,
/// of Terraform's state, the cookies of a header.
enum DocumentRule {
    static let all: [SecretRule] = [
        .document(trigger: "kind: Secret", kubernetes), .document(trigger: "\"kind\": \"Secret\"", kubernetes),
        .document(trigger: "\"random_password\"", terraformState), .document(trigger: "cookie", cookies),
    ]

    private static let mostBytes = 64 << 10

    // MARK: Kubernetes

    private static func kubernetes(_ text: ScannedText, _ index: Int) -> [SecretRedactor.Finding] {
        guard let kind = ["kind: Secret", "\"kind\": \"Secret\""].first(where: { text.has($0, at: index) }) else {
            return []
        }
        // On a line of its own, not far in.
        let start = text.start(of: .listed, upTo: index, atMost: 16)
        let end = text.end(of: .ending, from: index + kind.utf8.count, atMost: 40)
        guard text[start - 1] == 0x0a, text[end] == 0x0a else { return [] }
        let word = Array(kind.utf8.prefix { $0 != UInt8(ascii: ":") })
        let own = start..<end
        let column = index - start
        let document = self.document(text, around: own, column, word)
        var findings: [SecretRedactor.Finding] = []
        var data: Int?
        var at = document.lowerBound
        while at < document.upperBound {
            let line = line(text, at: at)
            at = line.upperBound + 1
            let content = text.end(of: .listed, from: line.lowerBound, atMost: 200)
            guard content < line.upperBound else { continue }
            let depth = content - line.lowerBound
            if let column = data, depth > column {
                if let value = value(text, content..<line.upperBound) {
                    findings.append(text.found(value, "Kubernetes secret"))
                }
            } else {
                let isData = ["data:", "stringData:", "\"data\":", "\"stringData\":"].contains {
                    text.has($0, at: content)
                }
                data = isData && depth == column ? depth : nil
            }
        }
        return findings
    }

    /// The lines between one `kind` in that column, or `---`, and the next.
    private static func document(_ text: ScannedText, around own: Range<Int>, _ column: Int, _ word: [UInt8]) -> Range<
        Int
    > {
        func isLimit(_ line: Range<Int>) -> Bool {
            text.has("---", at: line.lowerBound)
                || text.has(word, at: line.lowerBound + column)
                    && text.end(of: .listed, from: line.lowerBound, atMost: column) == line.lowerBound + column
        }
        var start = own.lowerBound
        while start > 0, own.lowerBound - start < mostBytes {
            let before = line(text, at: start - 1)
            if isLimit(before) { break }
            start = before.lowerBound
        }
        var end = own.upperBound
        while end < text.bytes.count, end - own.upperBound < mostBytes {
            let next = line(text, at: end + 1)
            if isLimit(next) { break }
            end = max(next.upperBound, end + 1)
        }
        return start..<min(end, text.bytes.count)
    }

    /// Of `name: value` or of a line of a text below its name.
    private static func value(_ text: ScannedText, _ content: Range<Int>) -> Range<Int>? {
        var start = content.lowerBound
        let name = text.end(of: .name, from: start, atMost: 260)
        if text[name] == UInt8(ascii: ":"), name > start {
            start = text.end(of: .opening, from: name + 1, atMost: 40)
        }
        var end = content.upperBound
        while end > start, "\"', \r".utf8.contains(text[end - 1]) { end -= 1 }
        guard end - start >= 4, !"{}|>#$".utf8.contains(text[start]) else { return nil }
        return start..<end
    }

    /// Without its newline; of an overlong one, what is near.
    private static func line(_ text: ScannedText, at index: Int) -> Range<Int> {
        var start = min(index, text.bytes.count)
        let first = max(0, start - mostBytes)
        while start > first, text[start - 1] != 0x0a { start -= 1 }
        var end = start
        let last = start + 2 * mostBytes
        while end < last, text[end] != 0x0a { end += 1 }
        return start..<end
    }

    // MARK: Terraform

    private static func terraformState(_ text: ScannedText, _ index: Int) -> [SecretRedactor.Finding] {
        guard text.has("\"random_password\"", at: index) else { return [] }
        var findings: [SecretRedactor.Finding] = []
        var at = index + 17
        let limit = min(text.bytes.count, index + 4_000)
        while at < limit {
            defer { at += 1 }
            guard text[at] == UInt8(ascii: "\"") else { continue }
            if text.has("\"type\"", at: at) || text.has("\"random_password\"", at: at) { break }
            for name in ["\"result\":", "\"bcrypt_hash\":"] where text.has(name, at: at) {
                let start = text.end(of: .opening, from: at + name.utf8.count, atMost: 8)
                var end = start
                while end < start + 200, text[end] != UInt8(ascii: "\""), text[end] != 0x0a { end += 1 }
                if end > start { findings.append(text.found(start..<end, "password")) }
            }
        }
        return findings
    }

    // MARK: Cookies

    /// `Cookie: a=…; b=…`, `Set-Cookie: …`, `--cookie 'a=…'`
    private static func cookies(_ text: ScannedText, _ index: Int) -> [SecretRedactor.Finding] {
        guard text.hasFolded("cookie", at: index) else { return [] }
        var start = index + 6
        while start < index + 14, "\"':=, (".utf8.contains(text[start]) { start += 1 }
        guard start > index + 6 else { return [] }
        var findings: [SecretRedactor.Finding] = []
        for _ in 0..<40 {
            let equals = text.end(of: .dotted, from: start, atMost: 60)
            guard equals > start, text[equals] == UInt8(ascii: "=") else { break }
            let end = text.end(of: .cookie, from: equals + 1, atMost: 2_000)
            if SecretHeuristics.isKey(text.bytes[(equals + 1)..<end], isQuoted: false) {
                findings.append(text.found((equals + 1)..<end, "cookie"))
            }
            guard text[end] == UInt8(ascii: ";") else { break }
            start = text.end(of: .space, from: end + 1, atMost: 4)
        }
        return findings
    }
}

extension Alphabet {
    fileprivate static let listed = Alphabet(" \t-")
    fileprivate static let ending = Alphabet(", \t\r")
    fileprivate static let opening = Alphabet(" \t\"'")
    fileprivate static let name = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/\"'")
    fileprivate static let cookie = Alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-.~%!*")
}
