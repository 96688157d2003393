import Assistant
import Git
import Redaction
import TestSupport
import Testing

@testable import Hooks

struct `A change as a hook reads it` {
    static func read(_ test: TestRepository, _ range: ChangeRange = .staged, excluded: [String] = []) async throws
        -> ChangeSet
    {
        let repository = try await Repository.open(test.path)
        let reading = ChangeReading(
            repository: repository, redactor: SecretRedactor(), excluded: excluded.map(PathPattern.init))
        return try await reading.read(range)
    }

    @Test func `shows nothing of a file that was secret or excluded under its old name`() async throws {
        let test = try await TestRepository.make()
        let lines = (1...20).map { "line \($0)\n" }.joined()
        try test.write(".env", "PLAN=one\n" + lines)
        try test.write("x.notes", "plan two\n" + lines.replacing("line", with: "row"))
        try await test.git("add", ".")
        try await test.commitStaged(message: "First")
        try await test.git("mv", ".env", "settings.sample")
        try await test.git("mv", "x.notes", "notes.md")
        try test.write("settings.sample", lines)
        try test.write("notes.md", lines.replacing("line", with: "row"))
        try await test.git("add", "-A")
        let change = try await Self.read(test, excluded: ["*.notes"])
        #expect(change.files.map(\.fileClass) == [.excluded, .secret])
        #expect(change.patches.isEmpty)
    }

    @Test func `is what a commit in place of HEAD would hold`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.commit("b", "1\n", message: "Second")
        try test.write("c", "1\n")
        try await test.git("add", ".")
        #expect(try await Self.read(test).files.map(\.path) == ["c"])
        #expect(try await Self.read(test, .stagedInPlaceOfHead).files.map(\.path) == ["b", "c"])
    }

    @Test func `in place of the first commit is everything`() async throws {
        for format in [[], ["--object-format=sha256"]] {
            let test = try await TestRepository.make(arguments: format)
            try await test.commit("a", "1\n", message: "First")
            #expect(try await Self.read(test, .stagedInPlaceOfHead).files.map(\.path) == ["a"])
        }
    }

    @Test func `takes nothing from the remote of a partial clone`() async throws {
        let origin = try await TestRepository.make()
        try await origin.git("config", "uploadpack.allowFilter", "true")
        try await origin.commit("a.txt", "one\n", message: "First")
        try await origin.commit("b.txt", "two\n", message: "Second")
        let clone = try await origin.clone(to: "clone", arguments: ["--filter=blob:none", "--no-checkout"])
        try await clone.git("reset", "-q")
        try clone.write("c.txt", "three\n")
        try await clone.git("add", "c.txt")
        try await clone.git("rm", "-q", "--cached", "a.txt")
        // Whoever would fetch fails: there is no remote any more.
        try await clone.git("remote", "set-url", "origin", "file:///nowhere")
        let repository = try await Repository.open(clone.path, usingEnvironment: true)
        let reading = ChangeReading(repository: repository, redactor: SecretRedactor())
        let change = try await reading.read(.staged)
        #expect(change.files.map(\.path) == ["a.txt", "c.txt"])
    }
}

struct `A path in a sentence` {
    @Test(arguments: [
        ("a b/ñ.txt", "a b/ñ.txt"), ("a\nb", #""a\nb""#), ("it's", "it's"), ("\"q\"", #""\"q\"""#),
        ("a\\b", #""a\\b""#),
        ("a\u{9b}1m", #""a\302\2331m""#), ("c\u{202e}txt.exe", #""c\342\200\256txt.exe""#),
        ("x\u{1b}[2J", #""x\033[2J""#),
        ("👩‍💻.md", "👩‍💻.md"), ("a\u{2028}b", #""a\342\200\250b""#),
    ])
    func `is on one line and hides nothing`(path: String, text: String) {
        #expect(DisplayPath.text(path) == text)
    }
}
