/// Finds secrets in text that is about to leave the machine or to be stored, and takes them out.
///
/// Knows the forms of keys and tokens in use, passwords in URLs and headers, private keys, assignments such as
/// `password = "…"`, and the very values that the settings hold. One pass over the bytes: three of them at a time
/// are looked up, and only where a rule could begin is anything compared.
package struct SecretRedactor: Sendable {
    /// A secret in a text.
    package struct Finding: Sendable, Hashable {
        /// Offsets into the text's UTF-8.
        package let range: Range<Int>
        /// Such as `GitHub token`.
        package let kind: String
    }

    private let table: TriggerTable

    /// Makes a redactor.
    ///
    /// - Parameter values: What must not appear anywhere: each secret that is configured, by the name to show in
    ///   its place. Values shorter than six bytes are left alone: they would be found everywhere.
    package init(values: [(kind: String, value: String)] = []) {
        let exact = values.flatMap { ExactValue.forms(of: $0.value, kind: $0.kind) }
        table = exact.isEmpty ? .builtIn : TriggerTable.builtIn.adding(exact)
    }

    /// The text with each secret replaced by `[redacted: KIND]`.
    package func redacted(_ text: String) -> String { redacted(text, keepingLines: false) }

    /// The same with as many lines as there were, each with its own: of a whole file that is shown in part.
    package func redactedByLine(_ text: String) -> String { redacted(text, keepingLines: true) }

    private func redacted(_ text: String, keepingLines: Bool) -> String {
        let bytes = Array(text.utf8)
        let findings = allFindings(in: bytes)
        guard !findings.isEmpty else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var end = 0
        for finding in findings {
            result += bytes[end..<finding.range.lowerBound]
            let mark = "[redacted: \(finding.kind)]".utf8
            if keepingLines {
                let lines = bytes[finding.range].split(separator: 0x0a, omittingEmptySubsequences: false)
                for (number, line) in lines.enumerated() {
                    if number > 0 { result.append(0x0a) }
                    if !line.isEmpty { result += mark }
                    if number + 1 < lines.count, line.last == 0x0d { result.append(0x0d) }
                }
            } else {
                result += mark
            }
            end = finding.range.upperBound
        }
        result += bytes[end...]
        return String(decoding: result, as: UTF8.self)
    }

    /// Also what nothing marks as secret: what is shown of a text may be the middle of one.
    func allFindings(in bytes: [UInt8]) -> [Finding] {
        let findings = findings(in: bytes)
        let unmarked = UnmarkedSecrets.findings(in: bytes, beside: findings)
        return unmarked.isEmpty ? findings : Self.merged(findings + unmarked)
    }

    /// The secrets in a text, in order, none overlapping.
    package func findings(in text: String) -> [Finding] { findings(in: Array(text.utf8)) }

    func findings(in bytes: [UInt8]) -> [Finding] {
        guard bytes.count > 3 else { return [] }
        let text = ScannedText(bytes: bytes, table: table)
        var findings: [Finding] = []
        var inDocuments: [Finding] = []
        var end = 0
        var index = 0
        let last = bytes.count - 3
        while index <= last {
            let trigger = Trigger(bytes[index], bytes[index + 1], bytes[index + 2])
            if table.mayStart(trigger), let finding = text.finding(at: index, trigger, document: &inDocuments),
                finding.range.lowerBound >= end
            {
                findings.append(finding)
                end = finding.range.upperBound
                index = max(end, index + 1)
            } else {
                index += 1
            }
        }
        return inDocuments.isEmpty ? findings : Self.merged(findings + inDocuments)
    }

    /// In order, those that overlap as one.
    static func merged(_ findings: [Finding]) -> [Finding] {
        var merged: [Finding] = []
        for finding in findings.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard let last = merged.last, finding.range.lowerBound < last.range.upperBound else {
                merged.append(finding)
                continue
            }
            let end = max(last.range.upperBound, finding.range.upperBound)
            merged[merged.count - 1] = Finding(range: last.range.lowerBound..<end, kind: last.kind)
        }
        return merged
    }
}
