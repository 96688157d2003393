import Foundation
import HookInstall
import TestSupport
import Testing

struct `The place of hooks` {
    static func isCalled(_ bench: HookBench, in directory: String) async throws -> Bool {
        _ = try bench.calls()
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        let run = try await bench.run(
            ["git"] + identity + ["commit", "-q", "--allow-empty", "-m", "x"], in: directory)
        #expect(run.status == 0, "\(run.complaint)")
        return try bench.calls().map(\.hook) == ["post-commit"]
    }

    @Test(arguments: ["a b", "it's", "ñandú", "say \"x\"", "new\nline", "$HOME `x`", "-dash", "back\\slash"])
    func `is found below odd paths, for the repository and for the program`(name: String) async throws {
        var bench = try await HookBench.make(programName: name)
        bench.path = bench.folder + "/" + name
        try await bench.run(["git", "init", "-q", "-b", "main", bench.path], in: bench.folder)
        try bench.put(bench.path + "/.git/hooks/post-commit", "#!/bin/sh\necho first >&2\n")
        let before = try bench.tree(bench.path + "/.git/hooks")
        let report = try await bench.installer(programName: name).install([.postCommit])
        #expect(report.results == [.postCommit: .installed])
        #expect(try await Self.isCalled(bench, in: bench.path))
        let again = try await bench.installer(programName: name).install([.postCommit])
        #expect(again.results == [.postCommit: .unchanged])
        let status = try await bench.installer(programName: name).status()
        #expect(status.hooks[2].steps.last?.program == bench.folder + "/bin/" + name)
        #expect(status.hooks[2].steps.map(\.runs) == [true, true])
        _ = try await bench.installer(programName: name).uninstall([.postCommit])
        #expect(try bench.tree(bench.path + "/.git/hooks") == before)
    }

    @Test func `is shared by linked work trees`() async throws {
        var bench = try await HookBench.make()
        try await bench.repository.commitStaged(message: "First")
        try await bench.git("worktree", "add", "-q", bench.folder + "/linked")
        let main = bench.path
        bench.path = bench.folder + "/linked"
        let report = try await bench.installer().install([.postCommit])
        #expect(report.place == main + "/.git/hooks")
        #expect(try await Self.isCalled(bench, in: bench.path))
        #expect(try await Self.isCalled(bench, in: main))
    }

    @Test func `of a submodule is its own`() async throws {
        var bench = try await HookBench.make()
        let inner = bench.folder + "/inner"
        try await bench.run(["git", "init", "-q", inner])
        _ = try await Self.isCalled(bench, in: inner)
        try await bench.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "part")
        bench.path += "/part"
        let report = try await bench.installer().install([.postCommit])
        #expect(report.place == bench.repository.path + "/.git/modules/part/hooks")
        #expect(try await Self.isCalled(bench, in: bench.path))
        #expect(try await !Self.isCalled(bench, in: bench.repository.path))
    }

    @Test func `of a bare repository is in it`() async throws {
        let bench = try await HookBench.make(bare: true)
        let report = try await bench.installer().install([.postCheckout])
        #expect(report.place == bench.path + "/hooks")
        #expect(report.results == [.postCheckout: .installed])
        #expect(try await bench.installer().uninstall([.postCheckout]).results == [.postCheckout: .removed])
    }

    @Test func `is found from below the top and with a relative core.hooksPath`() async throws {
        var bench = try await HookBench.make()
        try await bench.git("config", "core.hooksPath", "tools/hooks")
        try bench.put(bench.path + "/deep/er/file", mode: 0o644, "x")
        let top = bench.path
        bench.path += "/deep/er"
        let report = try await bench.installer().install([.postCommit])
        #expect(report.place == top + "/tools/hooks")
        #expect(report.notes.contains { $0.contains("work tree") })
        #expect(try await Self.isCalled(bench, in: top))
        #expect(try await bench.installer().status().directory.isInWorkTree)
        // Both directories were made, and both go.
        _ = try await bench.installer().uninstall([.postCommit])
        #expect(!bench.exists(top + "/tools"))
    }

    @Test(arguments: [false, true])
    func `outside the repository is written only where that is allowed`(byLink: Bool) async throws {
        let bench = try await HookBench.make()
        let outside = bench.folder + "/everybody's"
        try bench.put(outside + "/post-commit", "#!/bin/sh\n")
        if byLink {
            try? FileManager.default.removeItem(atPath: bench.hooks)
            try FileManager.default.createSymbolicLink(atPath: bench.hooks, withDestinationPath: outside)
        } else {
            try await bench.git("config", "core.hooksPath", outside)
        }
        let before = try bench.tree(outside)
        let error = await #expect(throws: HookError.self) { try await bench.installer().install([.postCommit]) }
        #expect(error?.kind == .refused)
        #expect(error?.message.contains("--shared") ?? false)
        #expect(try bench.tree(outside) == before)
        #expect(try await bench.installer().install([.postCommit], isShared: true).isComplete)
        #expect(try await Self.isCalled(bench, in: bench.path))
        #expect(try await bench.installer().status().directory.isOutside)
        let spared = try await bench.installer().uninstall([.postCommit])
        #expect(spared.results == [.postCommit: .kept])
        #expect(try await bench.installer().uninstall([.postCommit], isShared: true).results == [.postCommit: .removed])
        #expect(try bench.tree(outside) == before)
    }

    @Test func `that is no directory is refused`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.path + "/file", mode: 0o644, "x")
        for path in ["file", "/dev/null"] {
            try await bench.git("config", "core.hooksPath", path)
            let error = await #expect(throws: HookError.self) {
                try await bench.installer().install([.postCommit], isShared: true)
            }
            #expect(error?.kind == .refused)
        }
        #expect(bench.text(bench.path + "/file") == "x")
    }

    @Test func `outside a repository is not found`() async throws {
        var bench = try await HookBench.make()
        bench.path = bench.folder
        for error in [
            await #expect(throws: HookError.self) { try await bench.installer().install([.prePush]) },
            await #expect(throws: HookError.self) { try await bench.installer().uninstall([.prePush]) },
            await #expect(throws: HookError.self) { try await bench.installer().status() },
        ] {
            #expect(error?.kind == .notFound)
            #expect(error?.message.contains(bench.folder) ?? false)
        }
    }

    @Test(arguments: [true, false])
    func `is made where there is none, and goes when it was`(exists: Bool) async throws {
        let bench = try await HookBench.make()
        if exists {
            for name in try FileManager.default.contentsOfDirectory(atPath: bench.hooks) {
                try FileManager.default.removeItem(atPath: bench.hooks + "/" + name)
            }
        } else {
            try FileManager.default.removeItem(atPath: bench.hooks)
        }
        _ = try await bench.installer().install([.postCommit])
        _ = try await bench.installer().install([.prePush, .postMerge])
        _ = try await bench.installer().uninstall([.postCommit, .postMerge])
        #expect(bench.exists(bench.hooks))
        _ = try await bench.installer().uninstall([.prePush])
        #expect(bench.exists(bench.hooks) == exists)
    }
}
