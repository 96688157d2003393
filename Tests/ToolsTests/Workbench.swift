import Assistant
import FoundationEssentials
import Git
import JSON
import TestSupport
import Testing
import Workspace

@testable import Tools

/// A real repository with the tools that act on it.
struct Workbench: Sendable {
    let repository: TestRepository
    let workspace: Workspace
    let toolbox: Toolbox

    /// Two commits on `main`, the tag `v1`, and one file that git does not know. With a hook the git program makes
    /// the commits; it has to be there when the repository is opened, for hooks are looked for once.
    static func make(withHook: Bool = false) async throws -> Workbench {
        let repository = try await TestRepository.make()
        try await repository.commit("README.md", "one\ntwo\n", message: "Begin")
        try await repository.git("tag", "v1")
        try await repository.git("remote", "add", "origin", "https://user:secret@example.org/acme/project.git")
        try await repository.commit(
            "Sources/main.swift", "let answer = 42\n", message: "Answer", author: "Author Two <two@example.org>")
        try repository.write("new.txt", "new\n")
        if withHook {
            let hook = repository.path + "/.git/hooks/pre-commit"
            try FileManager.default.createDirectory(
                atPath: repository.path + "/.git/hooks", withIntermediateDirectories: true)
            let script = Data("#!/bin/sh\n".utf8)
            #expect(
                FileManager.default.createFile(atPath: hook, contents: script, attributes: [.posixPermissions: 0o755]))
        }
        let workspace = try Workspace(root: repository.path)
        let opened = try await Repository.open(repository.path)
        let toolbox = Toolbox(workspace: workspace, repository: opened, repositoryName: "acme/project", store: nil)
        return Workbench(repository: repository, workspace: workspace, toolbox: toolbox)
    }

    /// As the run loop does it: the schema first, then the tool's own checks.
    func prepare(_ name: String, _ arguments: JSON) async throws -> PreparedCall {
        let tool = try #require(toolbox.tools.first { $0.description.name == name })
        #expect(ArgumentSchema(tool.description.parameters).violations(in: arguments) == [])
        return try await tool.prepare(Arguments(parsing: arguments.description, for: tool.declaration))
    }

    /// The call's output.
    @discardableResult
    func call(_ name: String, _ arguments: JSON) async throws -> JSON {
        try JSON(parsing: Array(try await prepare(name, arguments).perform().output.utf8))
    }

    /// Every file and what is in it, git's own left out.
    func files() throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: repository.path)
        var files: [String: Data] = [:]
        for name in names where !name.hasPrefix(".git/") && name != ".git" {
            files[name] = FileManager.default.contents(atPath: repository.path + "/" + name) ?? Data()
        }
        return files
    }
}
