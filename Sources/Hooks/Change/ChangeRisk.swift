package import Git
package import Redaction

/// Something about a change that is worth a second look.
package struct ChangeRisk: Sendable, Hashable {
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
    package static func of(_ files: [ChangedFile]) -> [ChangeRisk] {
        files.flatMap { file -> [ChangeRisk] in
            let name = DisplayPath.text(file.path)
            var risks: [ChangeRisk] = []
            if isMigration(file.path) { risks.append(ChangeRisk(.migration, name)) }
            if isWorkflow(file.path) { risks.append(ChangeRisk(.workflow, name)) }
            if file.kind != .deleted, let size = file.sizeInBytes, size > largest {
                risks.append(ChangeRisk(.largeFile, "\(name), \(size >> 20) MiB"))
            }
            switch file.fileClass {
            case .lock: risks.append(ChangeRisk(.lockFile, name))
            case .secret where file.kind != .deleted: risks.append(ChangeRisk(.secretFile, name))
            case .test where file.kind == .deleted: risks.append(ChangeRisk(.deletedTest, name))
            default: break
            }
            return risks
        }
    }

    /// What the subjects tell.
    package static func of(_ commits: [Commit]) -> [ChangeRisk] {
        commits.compactMap { commit in
            let subject = commit.subject.lowercased()
            let marks = ["fixup!", "squash!", "amend!", "wip:", "wip ", "[wip]"]
            guard subject == "wip" || marks.contains(where: subject.hasPrefix) else { return nil }
            return ChangeRisk(.unfinished, "\(commit.shortID) \(commit.subject)")
        }
    }

    /// Secrets that a commit adds, by kind and place.
    package static func secrets(in patch: String, commit: Commit, redactor: SecretRedactor) -> [ChangeRisk] {
        AddedLines.read(patch).flatMap { file -> [ChangeRisk] in
            redactor.findings(in: file.text).map { finding in
                let line = file.lineNumber(atByte: finding.range.lowerBound)
                return ChangeRisk(
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
