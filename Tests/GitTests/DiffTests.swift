import Foundation
import Git
import TestSupport
import Testing

struct `The difference of two states` {
    static func make() async throws -> TestRepository {
        let test = try await TestRepository.make()
        try test.write("text", (1...20).map { "line \($0)\n" }.joined())
        try test.write("moved", (1...20).map { "row \($0)\n" }.joined())
        try test.write("binary", [0, 1, 2, 0, 255])
        try test.write("mode", "x\n")
        try test.write("gone", "x\n")
        try await test.git("add", ".")
        try await test.commitStaged(message: "First")
        try test.write("text", (1...20).map { $0 == 7 ? "changed\n" : "line \($0)\n" }.joined())
        try test.write("binary", [0, 1, 2, 0, 254, 3])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: test.path + "/mode")
        try FileManager.default.removeItem(atPath: test.path + "/gone")
        try await test.git("mv", "moved", "dir new")
        return test
    }

    /// The same numbers and names as git's.
    static func compare(_ diff: Diff, with arguments: [String], in test: TestRepository) async throws {
        let raw = try await test.git(["diff", "--raw", "-M", "-z"] + arguments).split(separator: "\0")
        let letters: [ChangeKind: String] = [
            .added: "A", .deleted: "D", .modified: "M", .renamed: "R", .typeChanged: "T",
        ]
        let expected = raw.filter { $0.hasPrefix(":") }.map { String($0.split(separator: " ")[4].prefix(1)) }
        #expect(diff.files.map { letters[$0.kind] ?? "?" } == expected)
        let patch = try await test.git(["diff", "-M"] + arguments)
        let own = diff.patch.split(separator: "\n").filter {
            $0.hasPrefix("+") || $0.hasPrefix("-") || $0.hasPrefix("@@")
        }
        let theirs = patch.split(separator: "\n").filter {
            $0.hasPrefix("+") || $0.hasPrefix("-") || $0.hasPrefix("@@")
        }
        #expect(own == theirs)
    }

    @Test func `is git's for every kind of comparison`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        try await Self.compare(try await repository.diff(.unstaged), with: [], in: test)
        try await Self.compare(try await repository.diff(.staged), with: ["--cached"], in: test)
        try await Self.compare(try await repository.diff(.uncommitted), with: ["HEAD"], in: test)
        try await Self.compare(
            try await repository.diff(.uncommitted, path: "text"), with: ["HEAD", "--", "text"], in: test)
        try await test.git("add", "-A")
        try await test.commitStaged(message: "Second")
        try await Self.compare(
            try await repository.diff(.between("HEAD~1", "HEAD")), with: ["HEAD~1", "HEAD"], in: test)
        try await Self.compare(try await repository.show().diff, with: ["HEAD~1", "HEAD"], in: test)
        try test.write("text", "short\n")
        try await Self.compare(try await repository.diff(.sinceReference("HEAD~1")), with: ["HEAD~1"], in: test)
        #expect(try await repository.show("HEAD~1").diff.files.allSatisfy { $0.kind == .added })
    }

    @Test func `tells binary files, modes and renames`() async throws {
        let test = try await Self.make()
        let diff = try await Repository.open(test.path).diff(.uncommitted)
        let files = Dictionary(uniqueKeysWithValues: diff.files.map { ($0.path, $0) })
        #expect(files["binary"]?.isBinary == true)
        #expect(files["mode"]?.oldMode == 0o100644 && files["mode"]?.newMode == 0o100755)
        #expect(files["dir new"]?.oldPath == "moved")
        #expect(files["gone"]?.kind == .deleted)
        #expect(diff.totals == ChangeTotals(files: 5, insertions: 1, deletions: 2))
    }

    @Test func `is cut at a line`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        let whole = try await repository.diff(.uncommitted)
        let cut = try await repository.diff(.uncommitted, bounds: DiffBounds(patchBytes: 200, files: 2))
        #expect(!whole.isPatchTruncated && cut.isPatchTruncated && cut.hasMoreFiles)
        #expect(cut.patch.utf8.count <= 200 && cut.patch.hasSuffix("\n") && whole.patch.hasPrefix(cut.patch))
        #expect(cut.files.count == 2 && cut.totals == whole.totals)
    }
}

struct `Who wrote a file` {
    @Test func `is what git blame says`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("old", "one\ntwo\nthree\n", message: "First")
        try await test.commit(
            "old", "one\n2\nthree\nfour\n", message: "Second", author: "José Ñandú <jose@example.org>")
        try await test.git("mv", "old", "a file")
        try await test.commitStaged(message: "Move")
        try await test.commit("a file", "zero\none\n2\nthree\nfour", message: "Third")
        let repository = try await Repository.open(test.path)
        let blame = try await repository.blame("a file")
        let lines = blame.hunks.flatMap { hunk in
            zip(hunk.lines, hunk.text).map { "\(hunk.commit.hex) \($0) \(hunk.author.name) \($1)" }
        }
        var expected: [String] = []
        var id = ""
        var author = [String: String]()
        var number = 0
        for line in try await test.git("blame", "--line-porcelain", "a file").split(separator: "\n") {
            if line.hasPrefix("\t") {
                number += 1
                expected.append("\(id) \(number) \(author[id] ?? "") \(line.dropFirst())")
            } else if line.hasPrefix("author ") {
                author[id] = String(line.dropFirst(7))
            } else if ObjectID(hex: String(line.prefix(40))) != nil {
                id = String(line.prefix(40))
            }
        }
        #expect(lines == expected)
        #expect(blame.lineCount == 5 && !blame.hasUncommittedChanges)
        let some = try await repository.blame("a file", lines: 2...3)
        #expect(some.hunks.flatMap(\.text) == ["one", "2"])
        #expect(some.hunks.first?.originalPath == "old")
        await #expect(throws: GitError.self) { try await repository.blame("a file", lines: 9...10) }
        await #expect(throws: GitError.self) { try await repository.blame("none") }
        try test.write("a file", "other\n")
        #expect(try await repository.blame("a file").hasUncommittedChanges)
        let content = try await repository.file("old", at: "HEAD~3", maxBytes: 5)
        #expect(content.bytes == Array("one\nt".utf8) && content.isTruncated && content.sizeInBytes == 14)
    }
}
