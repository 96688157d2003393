import Git
import Settings
import Testing

@testable import Hooks

struct `A message without a model` {
    struct Case: Sendable, CustomTestStringConvertible {
        let subject: String
        let files: [ChangedFile]
        let style: MessageStyle
        var testDescription: String { subject }

        init(_ subject: String, _ files: [(ChangeKind, String)], style: MessageStyle = MessageStyle()) {
            self.init(
                subject, files: files.map { ChangedFile(kind: $0, path: $1, fileClass: FileClass.of(path: $1)) },
                style: style)
        }

        init(_ subject: String, files: [ChangedFile], style: MessageStyle = MessageStyle()) {
            self.subject = subject
            self.files = files
            self.style = style
        }
    }

    static func style(_ change: (inout MessageStyle) -> Void) -> MessageStyle {
        var style = MessageStyle()
        change(&style)
        return style
    }

    static let spanish = style { $0.language = .spanish }
    static let conventional = style {
        $0.isConventional = true
        $0.startsUpperCase = false
    }
    static let past = style { $0.mood = .past }

    static let cases: [Case] = [
        Case("Add parser.swift", [(.added, "Sources/parser.swift")]),
        Case("Update README.md", [(.modified, "README.md")]),
        Case("Remove old.c", [(.deleted, "old.c")]), Case("Added a.c", [(.added, "a.c")], style: past),
        Case(
            "Rename a.txt to b.txt", files: [ChangedFile(kind: .renamed, path: "x/b.txt", oldPath: "x/a.txt")]),
        Case("Move a.txt to y", files: [ChangedFile(kind: .renamed, path: "y/a.txt", oldPath: "x/a.txt")]),
        Case(
            "Make run.sh executable",
            files: [ChangedFile(kind: .modified, path: "run.sh", newMode: 0o100755, insertions: 0, deletions: 0)]),
        Case(
            "Turn link into a symbolic link",
            files: [ChangedFile(kind: .typeChanged, path: "link", newMode: 0o120000)]),
        Case(
            "Bump libs/x", files: [ChangedFile(kind: .modified, path: "libs/x", fileClass: .submodule)]),
        Case("Add \"a\\nb\"", [(.added, "a\nb")]),
        Case("Update a.swift and b.swift", [(.modified, "x/a.swift"), (.modified, "y/b.swift")]),
        Case("Update tests", [(.modified, "tests/a.py"), (.modified, "tests/b.py"), (.added, "tests/c.py")]),
        Case("Add 3 files below Sources/Parser", (1...3).map { (.added, "Sources/Parser/f\($0).swift") }),
        Case("Update 4 files", [(.added, "a"), (.deleted, "b"), (.modified, "c"), (.modified, "d/e")]),
        Case(
            "Update parser.swift and its tests",
            [(.modified, "Sources/parser.swift"), (.added, "Tests/ParserTests.swift"), (.added, "yarn.lock")]),
        Case("Add a.swift", [(.added, "a.swift"), (.modified, "yarn.lock"), (.modified, "dist/a.js")]),
        Case("Update package-lock.json", [(.modified, "package-lock.json")]),
        Case("Añade parser.swift", [(.added, "parser.swift")], style: spanish),
        Case("Elimina 3 archivos en src", (1...3).map { (.deleted, "src/f\($0)") }, style: spanish),
        Case("docs: update README.md", [(.modified, "README.md")], style: conventional),
        Case("feat: add parser.swift", [(.added, "parser.swift")], style: conventional),
        Case("test: add a_test.py", [(.added, "a_test.py")], style: conventional),
        Case("build: update Cargo.lock", [(.modified, "Cargo.lock")], style: conventional),
        Case("ci: update ci.yml", [(.modified, ".github/workflows/ci.yml")], style: conventional),
        Case("ci: update .gitlab-ci.yml", [(.modified, ".gitlab-ci.yml")], style: conventional),
        Case("build: update Makefile", [(.modified, "Makefile")], style: conventional),
        Case("update parser.swift", [(.modified, "parser.swift")], style: style { $0.startsUpperCase = false }),
        Case("Add \"a\\342\\200\\256b\"", [(.added, "a\u{202e}b")]),
        Case("chore: update parser.swift", [(.modified, "parser.swift")], style: conventional),
    ]

    @Test(arguments: cases)
    func `says what changed in its first line`(row: Case) {
        let message = CommitDigest.message(files: row.files, style: row.style)
        #expect(message.split(separator: "\n").first.map { String($0) } == row.subject)
    }

    @Test func `lists files with their lines, and directories when there are many`() {
        let two = [
            ChangedFile(kind: .added, path: "a.c", insertions: 3, deletions: 0),
            ChangedFile(kind: .modified, path: "b.c", insertions: 1, deletions: 2),
        ]
        #expect(
            CommitDigest.message(files: two, style: MessageStyle())
                == "Update a.c and b.c\n\n- a.c (+3 -0), new\n- b.c (+1 -2)")
        let many = (0..<300).map { ChangedFile(kind: .added, path: "d\($0 % 20)/f\($0).c") }
        let lines = CommitDigest.message(files: many, moreFiles: 7, style: MessageStyle()).split(separator: "\n")
        #expect(lines.count == 12)
        #expect(lines[0] == "Update 307 files")
        #expect(lines[1] == "- d0/: 15 files")
        #expect(lines[11] == "- and 157 more files")
    }

    @Test func `keeps to the usual length`() {
        let long = String(repeating: "x", count: 60)
        let files = [ChangedFile(kind: .added, path: long + "1"), ChangedFile(kind: .added, path: long + "2")]
        let subject = CommitDigest.message(files: files, style: MessageStyle()).prefix { $0 != "\n" }
        #expect(subject == "Add 2 files")
    }

    @Test(arguments: 40...60) func `has room for the full stop`(length: Int) {
        let files = [ChangedFile(kind: .added, path: String(repeating: "x", count: length))]
        let style = Self.style {
            $0.endsWithFullStop = true
            $0.longestSubject = 50
        }
        #expect(CommitDigest.message(files: files, style: style).count <= 50)
    }

    @Test func `has the scope that the repository knows`() {
        var style = Self.conventional
        style.scopes = ["parser"]
        let files = [
            ChangedFile(kind: .modified, path: "Sources/Parser/a.swift"),
            ChangedFile(kind: .modified, path: "Sources/Parser/b.swift"),
        ]
        let subject = CommitDigest.message(files: files, style: style).prefix { $0 != "\n" }
        #expect(subject == "chore(parser): update a.swift and b.swift")
    }
}
