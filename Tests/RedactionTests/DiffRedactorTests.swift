import Redaction
import TestSupport
import Testing

struct `Secrets in a diff` {
    private let redactor = DiffRedactor(redactor: SecretRedactor())

    @Test(arguments: PlantedSecrets.all)
    func `are taken out of what is added, removed and around it`(file: PlantedSecrets.File) {
        for diff in Diff.whole(file.lines) { expectClean(diff, file.secrets, isKnown: [true, false]) }
    }

    @Test(arguments: PlantedSecrets.keys + PlantedSecrets.blocks)
    func `are taken out when a hunk shows a part and the whole file is known`(file: PlantedSecrets.File) {
        for diff in Diff.parts(file.lines) { expectClean(diff, file.secrets, isKnown: [true]) }
    }

    @Test(arguments: PlantedSecrets.keys)
    func `are taken out when a hunk shows the middle of a key and nothing else is known`(file: PlantedSecrets.File) {
        for diff in Diff.parts(file.lines) {
            // The last line of a key is known by the lines before it.
            let shown = file.secrets.filter { $0.utf8.count > 60 }
            expectClean(diff, shown, isKnown: [false])
        }
    }

    @Test func `are of more than a hundred kinds, and none escapes`() {
        var diffs = 0
        var escapes = 0
        for file in PlantedSecrets.all {
            for diff in Diff.whole(file.lines) + Diff.parts(file.lines) {
                diffs += 1
                let text = redactor.redacted(diff.patch, old: diff.old, new: diff.new)
                if !leaks(of: file.secrets, in: text).isEmpty { escapes += 1 }
            }
        }
        let kinds = Set(PlantedSecrets.all.map(\.kind)).count
        print("secrets in diffs: \(kinds) kinds, \(diffs) diffs, \(escapes) escapes")
        #expect(kinds > 100 && escapes == 0)
    }

    private func expectClean(_ diff: Diff, _ secrets: [String], isKnown: [Bool]) {
        for isKnown in isKnown {
            let text = redactor.redacted(diff.patch, old: isKnown ? diff.old : nil, new: isKnown ? diff.new : nil)
            #expect(leaks(of: secrets, in: text).isEmpty, "\(isKnown ? "known" : "unknown") file:\n\(text)")
            #expect(Diff.signs(text) == Diff.signs(diff.patch), "\(text)")
        }
    }

    /// The pieces of twelve bytes that are still there.
    private func leaks(of secrets: [String], in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var pieces = Set<[UInt8]>()
        for secret in secrets {
            let secret = Array(secret.utf8)
            for start in 0...max(0, secret.count - 12) { pieces.insert(Array(secret[start...].prefix(12))) }
        }
        guard bytes.count >= 12 else { return [] }
        return (0...(bytes.count - 12)).compactMap { start in
            let piece = Array(bytes[start..<(start + 12)])
            return pieces.contains(piece) ? String(decoding: piece, as: UTF8.self) : nil
        }
    }
}

/// A patch and the file's contents on both sides.
private struct Diff {
    let patch: String
    let old: String?
    let new: String?

    /// All lines added, removed, or around a change.
    static func whole(_ lines: [String]) -> [Diff] {
        let text = lines.map { $0 + "\n" }.joined()
        let count = lines.count
        return [
            Diff(
                patch: "--- /dev/null\n+++ b/f\n@@ -0,0 +1,\(count) @@\n" + lines.map { "+\($0)\n" }.joined(), old: nil,
                new: text),
            Diff(
                patch: "--- a/f\n+++ /dev/null\n@@ -1,\(count) +0,0 @@\n" + lines.map { "-\($0)\n" }.joined(),
                old: text,
                new: nil),
            around(lines, 0..<count),
        ]
    }

    /// Every few lines of the file as a hunk of their own, followed by a line that changed.
    static func parts(_ lines: [String]) -> [Diff] {
        lines.indices.flatMap { start in
            [1, 3].filter { start + $0 <= lines.count }.flatMap { size in
                let part = start..<(start + size)
                let text = lines.map { $0 + "\n" }.joined()
                let shown = lines[part]
                let without = (lines[..<start] + lines[part.upperBound...]).map { $0 + "\n" }.joined()
                return [
                    around(lines, part),
                    Diff(
                        patch: "@@ -\(start),0 +\(start + 1),\(size) @@\n" + shown.map { "+\($0)\n" }.joined(),
                        old: without, new: text),
                    Diff(
                        patch: "@@ -\(start + 1),\(size) +\(start),0 @@\n" + shown.map { "-\($0)\n" }.joined(),
                        old: text,
                        new: without),
                ]
            }
        }
    }

    private static func around(_ lines: [String], _ part: Range<Int>) -> Diff {
        let before = lines[..<part.upperBound].map { $0 + "\n" }.joined()
        let after = lines[part.upperBound...].map { $0 + "\n" }.joined()
        let first = part.lowerBound + 1
        return Diff(
            patch: "@@ -\(first),\(part.count + 1) +\(first),\(part.count + 1) @@ code\n"
                + lines[part].map { " \($0)\n" }.joined() + "-one\n+two\n",
            old: before + "one\n" + after, new: before + "two\n" + after)
    }

    /// The sign of each line.
    static func signs(_ patch: String) -> [Character?] {
        patch.split(separator: "\n", omittingEmptySubsequences: false).map(\.first)
    }
}
