import Batch
import Glibc
import TestSupport
import Testing

struct `A hostile folder` {
    @Test func `is left through no symbolic link`() async throws {
        let outside = try TemporaryDirectory()
        try outside.write("secret.md", "secret")
        let directory = try TemporaryDirectory()
        try directory.write("in/a.md", "Ask")
        let links = [
            ("l1.md", outside.file("secret.md")), ("l2", outside.path), ("l3.md", "/etc/passwd"),
            ("l4.md", "../../../../etc/passwd"),
            ("l5", "/"), ("l6", ".."), ("l7.md", "/proc/self/environ"), ("l8", "/proc/self/root"),
        ]
        for (name, target) in links { try #require(symlink(target, directory.file(name)) == 0) }
        // A link to a link, and a name that only begins as the folder's does.
        try #require(symlink("l1.md", directory.file("l9.md")) == 0)
        try outside.write("x", "")
        try #require(mkdir(directory.path + "-beside", 0o700) == 0)
        defer { rmdir(directory.path + "-beside") }
        try #require(symlink(directory.path + "-beside", directory.file("m")) == 0)
        let all = try await found(in: directory)
        #expect(all.prompts.map(\.name) == ["in/a.md"])
        #expect(all.problems.map(\.name) == links.map(\.0) + ["l9.md", "m"])
        print("links out of the folder: \(links.count + 2), followed \(all.prompts.count - 1)")
    }

    @Test func `has its links inside followed`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("d/a.md", "Ask")
        try directory.write(".kept/b.md", "Ask")
        let links = [
            ("e.md", "d/a.md"), ("f.md", directory.file("d/a.md")), ("g", ".kept"), ("h", directory.file("d")),
        ]
        for (name, target) in links { try #require(symlink(target, directory.file(name)) == 0) }
        let all = try await found(in: directory)
        #expect(all.map(\.name) == ["d/a.md", "e.md", "f.md", "g/b.md", "h/a.md"])
        #expect(all.problems.isEmpty)
    }

    @Test func `has its circles ended`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("a/b/c.md", "Ask")
        try directory.write("z.md", "Ask")
        let links = [
            ("self", "self"), ("self.md", "self.md"), ("one", "two"), ("two", "one"), ("a/b/up", ".."),
            ("a/b/top", "../.."),
            ("a/b/dot", "."), ("none.md", "nothing"),
        ]
        for (name, target) in links { try #require(symlink(target, directory.file(name)) == 0) }
        let all = try await found(in: directory)
        #expect(all.prompts.map(\.name) == ["a/b/c.md", "z.md"])
        #expect(Set(all.problems.map(\.name)) == Set(links.map(\.0)))
        print("circles and broken links: \(links.count), named \(all.problems.count)")
    }

    @Test(.timeLimit(.minutes(1))) func `with links to and fro does not grow without end`() async throws {
        let directory = try TemporaryDirectory()
        for level in 0..<40 {
            try directory.write("d\(level)/a.md", "Ask")
            for name in ["x", "y"] { symlink("../d\(level + 1)", directory.file("d\(level)/\(name)")) }
        }
        try directory.write("d40/a.md", "Ask")
        let all = try await found(in: directory)
        #expect(all.count < 2000)
        print("two links on each of 40 levels: \(all.prompts.count) prompts, \(all.problems.count) problems")
    }

    @Test func `of pipes, sockets and devices lets nobody wait`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("z.md", "Ask")
        try #require(mkfifo(directory.file("a.md"), 0o600) == 0)
        try #require(mkfifo(directory.file("b.jsonl"), 0o600) == 0)
        try #require(mkfifo(directory.file("c.wav"), 0o600) == 0)
        try #require(mkfifo(directory.file("passed-over"), 0o600) == 0)
        try #require(mkdir(directory.file("dir.md"), 0o700) == 0)
        symlink("/dev/zero", directory.file("e.md"))
        symlink("a.md", directory.file("f.md"))
        let all = try await found(in: directory)
        #expect(all.prompts.map(\.name) == ["z.md"])
        #expect(all.problems.map(\.name) == ["a.md", "b.jsonl", "c.wav", "e.md", "f.md"])
    }

    @Test func `with names that are not UTF-8 says so`() async throws {
        let directory = try TemporaryDirectory()
        for name in [[0x61, 0xff], [0xc3, 0x28]] as [[UInt8]] {
            let path = Array(directory.path.utf8) + [0x2f] + name + Array(".md".utf8) + [0]
            let descriptor = open(path.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
        }
        try directory.write("line\nbreak.md", "Ask")
        let all = try await found(in: directory)
        #expect(all.prompts.map(\.name) == ["line\nbreak.md"])
        #expect(all.problems.count == 2 && all.problems.allSatisfy { $0.message.contains("UTF-8") })
    }

    @Test func `that changes while it is read is a problem where it changed`() async throws {
        let directory = try TemporaryDirectory()
        for name in ["a.md", "b.md", "c.md", "d/x.md", "e/y.md", "f.md"] { try directory.write(name, "Ask") }
        var all: [FoundPrompt] = []
        try await PromptFolder(path: directory.path).read { found in
            all.append(found)
            guard all.count == 1 else { return }
            unlink(directory.file("b.md"))
            unlink(directory.file("c.md"))
            symlink("/etc/passwd", directory.file("c.md"))
            unlink(directory.file("d/x.md"))
            rmdir(directory.file("d"))
            rename(directory.file("e"), directory.file("g"))
            symlink("/etc", directory.file("e"))
            try directory.write("f.md", "Changed")
        }
        #expect(all.prompts.map(\.text) == ["Ask", "Changed"])
        #expect(all.problems.map(\.name) == ["b.md", "c.md", "d", "e"])
    }

    @Test func `that nests without end is read to a depth`() async throws {
        let directory = try TemporaryDirectory()
        var path = String(repeating: "d/", count: 98)
        try directory.write(path + "a.md", "Ask")
        path += String(repeating: "d/", count: 40)
        try directory.write(path + "b.md", "Ask")
        let all = try await found(in: directory)
        #expect(all.prompts.count == 1 && all.problems.count == 1)
        #expect(all.problems.first?.message.contains("levels") == true)
    }

    @Test(.enabled(if: geteuid() != 0)) func `that may not be read is a problem where it may not`() async throws {
        let directory = try TemporaryDirectory()
        for name in ["a.md", "b.md", "d/x.md"] { try directory.write(name, "Ask") }
        chmod(directory.file("a.md"), 0)
        chmod(directory.file("d"), 0)
        defer { chmod(directory.file("d"), 0o700) }
        let all = try await found(in: directory)
        #expect(all.prompts.map(\.name) == ["b.md"] && all.problems.map(\.name) == ["a.md", "d"])
    }
}
