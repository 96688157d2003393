import Assistant
import FoundationEssentials
import JSON
import TestSupport
import Testing
import Workspace

@testable import Tools

struct `A tool that writes` {
    struct Write: Sendable, CustomTestStringConvertible {
        let tool: String
        let arguments: JSON
        /// Part of what a person is shown.
        let preview: String
        let paths: [String]
        var testDescription: String { "\(tool) \(arguments)" }

        init(_ tool: String, _ arguments: JSON, preview: String, paths: [String]) {
            self.tool = tool
            self.arguments = arguments
            self.preview = preview
            self.paths = paths
        }
    }

    static let onFiles = [
        Write(
            "file_create", ["path": "a/b/c.txt", "content": "see\n"], preview: "+see", paths: ["a/b/c.txt"]),
        Write("file_create", ["path": "empty", "content": ""], preview: "empty", paths: ["empty"]),
        Write(
            "file_edit", ["path": "README.md", "old": "two", "new": "three"], preview: "-two\n+three",
            paths: ["README.md"]),
        Write("file_append", ["path": "README.md", "content": "three"], preview: "+three", paths: ["README.md"]),
        Write("file_append", ["path": "log.txt", "content": "first"], preview: "+first", paths: ["log.txt"]),
        Write(
            "file_move", ["path": "README.md", "to": "docs/README.md"], preview: "docs/README.md",
            paths: ["README.md", "docs/README.md"]),
        Write("file_delete", ["path": "new.txt"], preview: "-new", paths: ["new.txt"]),
        Write("directory_create", ["path": "x/y"], preview: "x/y", paths: ["x/y"]),
    ]

    @Test(arguments: onFiles)
    func `shows what it would do to files before it does anything`(write: Write) async throws {
        let bench = try await Workbench.make()
        let before = try bench.files()
        let prepared = try await bench.prepare(write.tool, write.arguments)
        #expect(prepared.preview?.contains(write.preview) == true, "\(prepared.preview ?? "")")
        #expect(prepared.subject.repository == "acme/project")
        #expect(Set(prepared.subject.paths).isSuperset(of: write.paths), "\(prepared.subject.paths)")
        #expect(prepared.intent["tool"]?.string == write.tool)
        #expect(try bench.files() == before)
    }

    @Test(arguments: onFiles)
    func `records what takes its change of files back`(write: Write) async throws {
        let bench = try await Workbench.make()
        let before = try bench.files()
        let result = try await bench.prepare(write.tool, write.arguments).perform()
        #expect(try bench.files() != before)
        let record = try #require(result.undo)
        let undo = try #require(UndoRecord(json: record))
        try await bench.workspace.undo(undo)
        #expect(try bench.files() == before)
    }

    @Test func `does nothing when the file changed after it was shown`() async throws {
        let bench = try await Workbench.make()
        let prepared = try await bench.prepare("file_edit", ["path": "README.md", "old": "two", "new": "three"])
        try bench.repository.write("README.md", "one\ntwo\nmore\n")
        let error = try await #require(throws: ToolError.self) { try await prepared.perform() }
        #expect(error.kind == .conflict)
        #expect(try bench.files()["README.md"] == Data("one\ntwo\nmore\n".utf8))
    }

    @Test(arguments: [
        Refusal("file_create", ["path": "README.md", "content": "x"], .conflict),
        Refusal("file_create", ["path": "../x", "content": "x"], .invalidArguments, .outsideWorkspace),
        Refusal("file_create", ["path": ".git/hooks/x", "content": "x"], .outsideWorkspace),
        Refusal("file_create", ["path": ".GIT/x", "content": "x"], .outsideWorkspace),
        Refusal("file_create", ["path": "README.md/x", "content": "x"], .failed, .conflict, .notFound),
        Refusal("file_create", ["path": ".voceroconfig", "content": "x"], .outsideWorkspace),
        Refusal("file_edit", ["path": "README.md", "old": "absent", "new": "x"], .conflict),
        Refusal("file_edit", ["path": "README.md", "old": "o", "new": "x"], .conflict),
        Refusal("file_move", ["path": "README.md", "to": "new.txt"], .conflict),
        Refusal("file_move", ["path": "README.md", "to": "../x"], .invalidArguments, .outsideWorkspace),
        Refusal("file_delete", ["path": "Sources"], .failed),
        Refusal("file_delete", ["path": "missing"], .notFound),
        Refusal("file_delete", ["path": ".git", "recursive": true], .outsideWorkspace),
        Refusal("file_delete", ["path": ".", "recursive": true], .invalidArguments, .outsideWorkspace),
        Refusal("directory_create", ["path": "/x"], .invalidArguments, .outsideWorkspace),
        Refusal("git_commit", ["message": "x"], .conflict),
        Refusal("git_commit", ["message": "x", "paths": ["README.md"]], .conflict),
        Refusal("git_commit", ["message": " ", "all": true], .invalidArguments, .failed),
        Refusal("git_branch_create", ["name": "main"], .conflict),
        Refusal("git_branch_create", ["name": "a..b"], .invalidArguments),
        Refusal("git_branch_create", ["name": "x", "at": "v9"], .notFound),
        Refusal("git_checkout", ["ref": "v9"], .notFound),
        Refusal("git_tag_create", ["name": "v1"], .conflict),
        Refusal("git_tag_create", ["name": "bad tag"], .invalidArguments),
    ])
    func `changes nothing when it refuses`(refusal: Refusal) async throws {
        let bench = try await Workbench.make()
        let before = try bench.files()
        let references = try await bench.repository.git("for-each-ref")
        let error = try await #require(throws: ToolError.self) {
            try await bench.call(refusal.tool, refusal.arguments)
        }
        #expect(refusal.kinds.contains(error.kind), "\(error)")
        #expect(try bench.files() == before)
        #expect(try await bench.repository.git("for-each-ref") == references)
    }

    @Test func `commits what it showed, and records the head before`() async throws {
        let bench = try await Workbench.make()
        let head = try await bench.repository.git("rev-parse", "HEAD")
        let prepared = try await bench.prepare("git_commit", ["message": "Add it\n\nBecause.", "all": true])
        #expect(prepared.preview?.contains("new.txt") == true && prepared.subject.paths == ["new.txt"])
        #expect(try await bench.repository.git("rev-parse", "HEAD") == head)
        let result = try await prepared.perform()
        #expect(try await bench.repository.git("log", "-1", "--format=%B").hasPrefix("Add it\n\nBecause."))
        #expect(result.undo?["head"]?["commit"]?.string == head)
        let made = try await bench.repository.git("rev-parse", "HEAD")
        #expect(prepared.intent["commit"]?.string == made && result.undo?["commit"]?.string == made)
    }

    @Test func `names both places of a renamed file and every new file to the policy`() async throws {
        let bench = try await Workbench.make()
        try await bench.repository.git("mv", "Sources/main.swift", "moved.swift")
        try bench.repository.write("deep/a.txt", "a\n")
        try bench.repository.write("deep/b.txt", "b\n")
        let paths = try await bench.prepare("git_commit", ["message": "Move", "all": true]).subject.paths
        let expected = ["Sources/main.swift", "moved.swift", "deep/a.txt", "deep/b.txt", "new.txt"]
        #expect(Set(paths).isSuperset(of: expected), "\(paths)")
    }

    @Test(arguments: ["./", "./Sources", "././Sources/"])
    func `names every file to the policy when git itself commits and a path is written oddly`(path: String) async throws
    {
        let bench = try await Workbench.make(withHook: true)
        try bench.repository.write("Sources/main.swift", "let answer = 43\n")
        let prepared = try await bench.prepare("git_commit", ["message": "Odd", "paths": ["new.txt", .string(path)]])
        #expect(prepared.subject.paths == ["Sources/main.swift", "new.txt"])
        _ = try await prepared.perform()
        #expect(try await bench.repository.git("status", "--porcelain").isEmpty)
    }

    @Test(arguments: [
        "Sources/../new.txt", "/new.txt", "Sources/./../new.txt", "../x", ".git/config", "Sources//main.swift",
    ])
    func `commits no path that git would read as another one, also when git itself commits`(path: String) async throws {
        let bench = try await Workbench.make(withHook: true)
        try bench.repository.write("Sources/main.swift", "let answer = 43\n")
        for named in [path, bench.repository.path + "/new.txt"] {
            await #expect(throws: ToolError.self) {
                try await bench.prepare("git_commit", ["message": "Odd", "paths": ["Sources", .string(named)]])
            }
        }
    }

    @Test func `does not commit on a head that moved after it was shown`() async throws {
        let bench = try await Workbench.make()
        let prepared = try await bench.prepare("git_commit", ["message": "Add it", "all": true])
        let moved = try await bench.repository.commit("other.txt", "x", message: "Meanwhile")
        let error = try await #require(throws: ToolError.self) { try await prepared.perform() }
        #expect(error.kind == .conflict)
        #expect(try await bench.repository.git("rev-parse", "HEAD") == moved)
    }

    @Test func `creates a branch, and a second time finds it made`() async throws {
        let bench = try await Workbench.make()
        let prepared = try await bench.prepare("git_branch_create", ["name": "topic", "at": "v1"])
        let result = try await prepared.perform()
        let v1 = try await bench.repository.git("rev-parse", "v1")
        #expect(try await bench.repository.git("rev-parse", "topic") == v1)
        #expect(try await bench.repository.git("branch", "--show-current") == "main")
        #expect(result.undo?["kind"] == "branch" && result.undo?["commit"]?.string == v1)
    }

    @Test func `checks out a branch and records where it was`() async throws {
        let bench = try await Workbench.make()
        try await bench.repository.git("branch", "topic", "v1")
        let result = try await bench.prepare("git_checkout", ["ref": "topic"]).perform()
        #expect(try await bench.repository.git("branch", "--show-current") == "topic")
        #expect(result.undo?["head"]?["branch"] == "main")
    }

    @Test func `does not check out over local changes`() async throws {
        let bench = try await Workbench.make()
        try await bench.repository.git("branch", "topic")
        try await bench.repository.git("checkout", "-q", "v1")
        try bench.repository.write("Sources/main.swift", "mine\n")
        let error = try await #require(throws: ToolError.self) {
            try await bench.call("git_checkout", ["ref": "topic"])
        }
        #expect(error.kind == .conflict)
        #expect(try bench.files()["Sources/main.swift"] == Data("mine\n".utf8))
    }

    @Test(arguments: [(JSON.null, "commit"), ("First release", "tag")])
    func `creates a tag, annotated when it has a message`(message: JSON, type: String) async throws {
        let bench = try await Workbench.make()
        var arguments: [String: JSON] = ["name": "v2"]
        if message != .null { arguments["message"] = message }
        let result = try await bench.prepare("git_tag_create", .object(arguments)).perform()
        #expect(try await bench.repository.git("cat-file", "-t", "v2") == type)
        #expect(result.undo?["kind"] == "tag")
    }
}
