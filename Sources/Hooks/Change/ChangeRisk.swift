package import Git
package import Redaction

/// Something about a push that is worth a second look.
package struct PushRisk: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case secret, force = "forced update", migration, lockFile = "lock file", deletedTest = "deleted test",
            secretFile = "secret file", workflow, largeFile = "large file", unfinished = "unfinished commit"
    }

    package let kind: Kind
    /// What and where, on one line. Never a secret.
    package let detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    private static let largest = 5 << 20

    /// What the list of files tells.
    package static func of(_ files: [ChangedFile]) -> [PushRisk] {
        files.flatMap { file -> [PushRisk] in
            let name = DisplayPath.text(file.path)
            var risks: [PushRisk] = []
            if isMigration(file.path) { risks.append(PushRisk(.migration, name)) }
            if isWorkflow(file.path) { risks.append(PushRisk(.workflow, name)) }
            if file.kind != .deleted, let size = file.sizeInBytes, size > largest {
                risks.append(PushRisk(.largeFile, "\(name), \(size >> 20) MiB"))
            }
            switch file.fileClass {
            case .lock: risks.append(PushRisk(.lockFile, name))
            case .secret where file.kind != .deleted: risks.append(PushRisk(.secretFile, name))
            case .test where file.kind == .deleted: risks.append(PushRisk(.deletedTest, name))
            default: break
            }
            return risks
        }
    }

    /// What the subjects tell.
    package static func of(_ commits: [Commit]) -> [PushRisk] {
        commits.compactMap { commit in
            let subject = commit.subject.lowercased()
            let marks = ["fixup!", "squash!", "amend!", "wip:", "wip ", "[wip]"]
            guard subject == "wip" || marks.contains(where: subject.hasPrefix) else { return nil }
            return PushRisk(.unfinished, "\(commit.shortID) \(commit.subject)")
        }
    }

    /// Secrets that a commit adds, by kind and place.
    package static func secrets(in patch: String, commit: Commit, redactor: SecretRedactor) -> [PushRisk] {
        AddedLines.read(patch).flatMap { file -> [PushRisk] in
            redactor.findings(in: file.text).map { finding in
                let line = file.lineNumber(atByte: finding.range.lowerBound)
                return PushRisk(
                    .secret, "\(finding.kind) in \(DisplayPath.text(file.path)):\(line), commit \(commit.shortID)")
            }
        }
    }

    private static func isMigration(_ path: String) -> Bool {
        let parts = path.lowercased().split(separator: "/")
        return parts.dropLast().contains { $0 == "migrations" || $0 == "migrate" || $0 == "migration" }
            || parts.last.map { $0.hasSuffix(".sql") && $0.contains("migrat") } ?? false
    }

    private static func isWorkflow(_ path: String) -> Bool {
        path.hasPrefix(".github/workflows/") || path.hasPrefix(".circleci/") || path == ".gitlab-ci.yml"
            || path == "Jenkinsfile"
    }
}

/// The lines that a patch adds to one file, as one text.
struct AddedLines {
    let path: String
    private(set) var text = ""
    /// Of each line of the text, where it begins and its number in the file.
    private var lines: [(start: Int, number: Int)] = []

    private init(path: String) { self.path = path }

    func lineNumber(atByte offset: Int) -> Int { lines.last { $0.start <= offset }?.number ?? 1 }

    static func read(_ patch: String) -> [AddedLines] {
        var files: [AddedLines] = []
        var number = 0
        var isInHunk = false
        for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("diff --git ") {
                isInHunk = false
            } else if !isInHunk, line.hasPrefix("+++ ") {
                files.append(AddedLines(path: path(ofHeader: line.dropFirst(4))))
            } else if line.hasPrefix("@@ ") {
                isInHunk = true
                number = firstLine(ofHunk: line)
            } else if isInHunk, let last = files.indices.last {
                if line.hasPrefix("+") {
                    files[last].lines.append((files[last].text.utf8.count, number))
                    files[last].text += line.dropFirst() + "\n"
                }
                if line.hasPrefix("+") || line.hasPrefix(" ") { number += 1 }
            }
        }
        return files
    }

    private static func path(ofHeader text: Substring) -> String {
        var name = text.hasSuffix("\t") ? text.dropLast() : text
        if name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        return String(name.hasPrefix("b/") ? name.dropFirst(2) : name)
    }

    /// Of `@@ -1,2 +3,4 @@`, 3.
    private static func firstLine(ofHunk line: Substring) -> Int {
        let plus = line.split(separator: " ").first { $0.hasPrefix("+") } ?? "+1"
        return Int(plus.dropFirst().prefix { $0 != "," }) ?? 1
    }
}
