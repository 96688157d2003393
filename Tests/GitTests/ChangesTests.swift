import Foundation
import Git
import TestSupport
import Testing

struct `The changes that a hook reads` {
    /// One that libgit2 opens, and one that only the git program does.
    static let formats: [[String]] = [[], ["--object-format=sha256"]]

    static func make(_ format: [String]) async throws -> TestRepository {
        let test = try await TestRepository.make(arguments: format)
        try test.write("text", (1...20).map { "line \($0)\n" }.joined())
        try test.write("moved", (1...20).map { "row \($0)\n" }.joined())
        try test.write("binary", [0, 1, 2, 0, 255])
        try test.write("mode", "x\n")
        try test.write("gone", "gone\n")
        try await test.git("add", ".")
        try await test.commitStaged(message: "First")
        try test.write("text", (1...20).map { $0 == 7 ? "changed\n" : "line \($0)\n" }.joined())
        try test.write("binary", [0, 1, 2, 0, 254, 3])
        try test.write("generated.txt", "made\n")
        try test.write(".gitattributes", "generated.txt linguist-generated\n*.csv -diff\n")
        try test.write("data.csv", "1,2\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: test.path + "/mode")
        try FileManager.default.removeItem(atPath: test.path + "/gone")
        try FileManager.default.createSymbolicLink(atPath: test.path + "/link", withDestinationPath: "text")
        try await test.git("mv", "moved", "dir new")
        try await test.git("add", "-A")
        return test
    }

    @Test(arguments: formats)
    func `are listed with kinds, modes and attributes`(format: [String]) async throws {
        let test = try await Self.make(format)
        let repository = try await Repository.open(test.path)
        let reads = try await repository.changes(.staged) { entries in entries.map { _ in .patch } }
        let kinds = Dictionary(uniqueKeysWithValues: reads.map { ($0.entry.path, $0.entry.kind) })
        #expect(
            kinds == [
                ".gitattributes": .added, "binary": .modified, "data.csv": .added, "dir new": .renamed,
                "generated.txt": .added, "gone": .deleted, "link": .added, "mode": .modified, "text": .modified,
            ])
        let read = { (path: String) in try #require(reads.first { $0.entry.path == path }) }
        #expect(try read("generated.txt").entry.isGenerated)
        #expect(try read("data.csv").entry.isDiffUnset)
        #expect(try read("binary").isBinary)
        #expect(try read("mode").entry.newMode == 0o100755)
        #expect(try read("link").entry.newMode == 0o120000)
        #expect(try read("dir new").entry.oldPath == "moved")
        #expect(try read("text").insertions == 1)
        #expect(try read("text").newText?.contains("changed") == true)
        #expect(try read("text").oldText?.contains("line 7\n") == true)
    }

    @Test(arguments: formats)
    func `have git's own patches`(format: [String]) async throws {
        let test = try await Self.make(format)
        let repository = try await Repository.open(test.path)
        let reads = try await repository.changes(.staged) { entries in entries.map { _ in .patch } }
        for path in ["text", "gone", "link", "generated.txt"] {
            let read = try #require(reads.first { $0.entry.path == path })
            let patch = try await test.git(["diff", "--cached", "--", path])
            let lines = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("index ") } }
            #expect(lines(try #require(read.patch)) == lines(patch))
        }
    }

    @Test(arguments: formats)
    func `read only what is chosen`(format: [String]) async throws {
        let test = try await Self.make(format)
        let repository = try await Repository.open(test.path)
        let reads = try await repository.changes(.staged) { entries in
            entries.map { $0.path == "text" ? .lineCounts : .nothing }
        }
        #expect(reads.allSatisfy { $0.patch == nil })
        #expect(reads.filter { $0.insertions != nil }.map(\.entry.path) == ["text"])
    }

    @Test(arguments: formats)
    func `leave a file alone that is larger than the bound`(format: [String]) async throws {
        let test = try await TestRepository.make(arguments: format)
        try test.write("large", String(repeating: "0123456789\n", count: 2_000))
        try test.write("small", "x\n")
        try await test.git("add", ".")
        let repository = try await Repository.open(test.path)
        let reads = try await repository.changes(.staged, largest: 10_000) { entries in entries.map { _ in .patch } }
        #expect(reads.map(\.isTooLarge) == [true, false])
        #expect(reads.map(\.sizeInBytes) == [22_000, 2])
        #expect(reads[0].patch == nil)
    }

    @Test(arguments: formats)
    func `lie between two commits, or nothing and one`(format: [String]) async throws {
        let test = try await Self.make(format)
        let second = try await test.commitStaged(message: "Second")
        let repository = try await Repository.open(test.path)
        let between = try await repository.changes(.between("HEAD~1", "HEAD")) { $0.map { _ in .nothing } }
        #expect(between.count == 9)
        let whole = try await repository.changes(.between(nil, second)) { $0.map { _ in .nothing } }
        #expect(whole.allSatisfy { $0.entry.kind == .added })
    }

    @Test(arguments: [("secret", "file"), ("a\nb", "file"), ("it's \"q\"", "file"), ("año 2026", "file")])
    func `have names of every kind`(name: String, content: String) async throws {
        let test = try await TestRepository.make()
        try test.write(name, content)
        try await test.git("add", ".")
        let repository = try await Repository.open(test.path)
        let reads = try await repository.changes(.staged) { entries in entries.map { _ in .patch } }
        #expect(reads.map(\.entry.path) == [name])
        #expect(reads[0].newText == content)
    }
}

struct `The commits that a hook asks for` {
    @Test func `are those that the remote's branches do not reach`() async throws {
        let origin = try await TestRepository.make()
        try await origin.commit("a", "1", message: "Shared")
        let clone = try await origin.clone(to: "clone")
        let second = try await clone.commit("a", "2", message: "Second")
        let third = try await clone.commit("a", "3", message: "Third")
        let repository = try await Repository.open(clone.path)
        let local = try #require(ObjectID(hex: third))
        let new = try await repository.commitsToPush(local, to: "origin", known: nil)
        #expect(new.commits.map(\.subject) == ["Third", "Second"])
        #expect(new.base?.hex == (try await origin.git("rev-parse", "HEAD")))
        let update = try await repository.commitsToPush(local, to: "origin", known: ObjectID(hex: second))
        #expect(update.commits.map(\.subject) == ["Third"])
        let unknown = ObjectID(hex: String(repeating: "ab", count: 20))
        #expect(try await repository.commitsToPush(local, to: "origin", known: unknown).commits.count == 2)
        #expect(try await repository.commitsToPush(local, to: "https://example.org/x", known: nil).commits.count == 3)
    }

    @Test func `end at a bound and say so`() async throws {
        let test = try await TestRepository.make()
        for number in 1...4 { try await test.commit("a", "\(number)", message: "Number \(number)") }
        let repository = try await Repository.open(test.path)
        let found = try await repository.commits(from: nil, to: "HEAD", limit: 2)
        #expect(found.commits.map(\.subject) == ["Number 4", "Number 3"])
        #expect(found.hasMore)
    }

    @Test func `have a log of where HEAD was`() async throws {
        let test = try await TestRepository.make()
        let first = try await test.commit("a", "1", message: "First")
        try await test.git("checkout", "-q", "-b", "topic")
        try await test.git("checkout", "-q", "main")
        let log = try await Repository.open(test.path).headLog()
        #expect(log.map(\.commit.hex) == [first, first, first])
        #expect(log.first?.reason == "checkout: moving from topic to main")
    }
}
