import Foundation
import HookInstall
import TestSupport
import Testing

struct `Hooks by configuration` {
    static let new = GitVersion(2, 54)

    @Test func `are what git's documentation describes, and leave the hooks directory alone`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\nexit 0\n")
        let tree = try bench.tree(bench.hooks)
        let configuration = bench.text(bench.path + "/.git/config")
        let installer = bench.installer(gitVersion: Self.new)
        let report = try await installer.install([.prePush, .postMerge])
        #expect(report.results == [.prePush: .installed, .postMerge: .installed])
        #expect(try bench.tree(bench.hooks) == tree)
        let script = bench.folder + "/data/scripts/pre-push"
        #expect(
            try await bench.git("config", "--local", "hook.vocero-pre-push.command").output
                == HookConfigurationText.command(script) + "\n")
        #expect(
            try await bench.git("config", "--local", "--get-all", "hook.vocero-pre-push.event").output == "pre-push\n")
        let status = try await installer.status()
        #expect(status.hooks[3].steps.map(\.kind) == [.configuration, .foreign])
        #expect(status.hooks[3].steps.map(\.runs) == [true, true])
        #expect(try await installer.install([.prePush]).results == [.prePush: .unchanged])
        #expect(try await installer.uninstall(HookName.allCases).results[.postMerge] == .removed)
        #expect(bench.text(bench.path + "/.git/config") == configuration)
        #expect(try bench.tree(bench.hooks) == tree)
    }

    /// Git gives the command to a shell, and its own arguments after it.
    @Test func `run the script with git's arguments, and nothing once it is gone`() async throws {
        let bench = try await HookBench.make()
        _ = try await bench.installer(gitVersion: Self.new).install([.prePush])
        let command = try await bench.git("config", "hook.vocero-pre-push.command").output
        let asGit = ["sh", "-c", command.dropLast() + " \"$@\"", "hook", "a remote", "url"]
        let id = String(repeating: "1", count: 40)
        #expect(try await bench.run(asGit, input: "a \(id) b \(id)\n").status == 0)
        #expect(try bench.calls().map(\.arguments) == [["hook", "run", "pre-push", "a remote", "url"]])
        try FileManager.default.removeItem(atPath: bench.folder + "/data/scripts/pre-push")
        #expect(try await bench.run(asGit, input: "a \(id) b \(id)\n").status == 0)
        #expect(try bench.calls().isEmpty)
        let step = try await bench.installer(gitVersion: Self.new).status().hooks[3].steps[0]
        #expect(!step.runs)
    }

    @Test func `take the place of scripts that an older git needed, and give it back`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\nexit 0\n")
        let tree = try bench.tree(bench.hooks)
        _ = try await bench.installer().install([.prePush])
        _ = try await bench.installer(gitVersion: Self.new).install([.prePush])
        #expect(try bench.tree(bench.hooks) == tree)
        let old = try await bench.installer().status().hooks[3]
        #expect(old.steps.map(\.runs) == [false, true])
        _ = try await bench.installer().install([.prePush])
        #expect(try await bench.git("config", "--get", "hook.vocero-pre-push.command").status == 1)
        #expect(try await bench.installer().status().hooks[3].steps.map(\.kind) == [.foreign, .script])
    }

    @Test func `that were edited stay`() async throws {
        let bench = try await HookBench.make()
        let installer = bench.installer(gitVersion: Self.new)
        _ = try await installer.install([.prePush, .postMerge, .postCommit])
        try await bench.git("config", "hook.vocero-pre-push.command", "mine")
        try await bench.git("config", "hook.vocero-post-merge.enabled", "false")
        #expect(try await installer.status().hooks[4].steps.map(\.runs) == [false])
        #expect(try await installer.install([.prePush]).results == [.prePush: .refused])
        let removal = try await installer.uninstall([.prePush, .postMerge, .postCommit])
        #expect(removal.results == [.prePush: .kept, .postMerge: .removed, .postCommit: .removed])
        let left = try await bench.git("config", "--get-regexp", "^hook\\.")
        #expect(
            left.output
                == "hook.vocero-pre-push.command mine\nhook.vocero-pre-push.event pre-push\n"
                + "hook.vocero-post-merge.enabled false\n")
    }

    @Test func `are shown among others in git's order`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\n")
        let installer = bench.installer(gitVersion: Self.new)
        for (key, value) in [("linter.event", "pre-push"), ("linter.command", "lint"), ("linter.event", "pre-commit")] {
            try await bench.git("config", "--add", "hook." + key, value)
        }
        _ = try await installer.install([.prePush])
        try await bench.git("config", "hook.later.event", "pre-push")
        try await bench.git("config", "hook.later.command", "late")
        let steps = try await installer.status().hooks[3].steps
        let script = bench.folder + "/data/scripts/pre-push"
        #expect(steps.map(\.path) == ["lint", script, "late", bench.hooks + "/pre-push"])
        #expect(steps.map(\.kind) == [.foreign, .configuration, .foreign, .foreign])
        try await bench.git("config", "hook.later.enabled", "false")
        #expect(try await installer.status().hooks[3].steps.map(\.runs) == [true, true, false, true])
        try await bench.git("config", "hook.pre-push.enabled", "no")
        #expect(try await installer.status().hooks[3].steps.map(\.runs) == [false, false, false, true])
    }

    @Test func `follow the program to another path`() async throws {
        let bench = try await HookBench.make()
        _ = try await bench.installer(gitVersion: Self.new).install([.prePush])
        let moved = bench.installer(gitVersion: Self.new, programName: "elsewhere")
        #expect(try await moved.install([.prePush]).results == [.prePush: .updated])
    }

    @Test func `serve all repositories of the user`() async throws {
        let bench = try await HookBench.make()
        let installer = bench.installer(gitVersion: Self.new)
        #expect(try await installer.installGlobally([.prePush]).results == [.prePush: .installed])
        #expect(bench.text(bench.folder + "/gitconfig")?.contains("[hook \"vocero-pre-push\"]") ?? false)
        #expect(try await installer.status().hooks[3].steps.map(\.kind) == [.userConfiguration])
        #expect(try await installer.uninstall([.prePush]).results == [.prePush: .absent])
        #expect(try await installer.uninstallGlobally(HookName.allCases).results[.prePush] == .removed)
        #expect(bench.text(bench.folder + "/gitconfig") == "")
    }

    @Test func `for all repositories need a new git, or a directory that all share`() async throws {
        let bench = try await HookBench.make()
        let none = await #expect(throws: HookError.self) { try await bench.installer().installGlobally([.postCommit]) }
        #expect(none?.kind == .refused)
        #expect(none?.message.contains("2.54") ?? false)
        let shared = bench.folder + "/shared hooks"
        try await bench.git("config", "--global", "core.hooksPath", shared)
        let unasked = await #expect(throws: HookError.self) {
            try await bench.installer().installGlobally([.postCommit])
        }
        #expect(unasked?.message.contains("--shared") ?? false)
        #expect(!bench.exists(shared))
        let report = try await bench.installer().installGlobally([.postCommit], isShared: true)
        #expect(report.results == [.postCommit: .installed])
        #expect(try await bench.commit("a", "a\n", "-m", "First").status == 0)
        #expect(try bench.calls().map(\.hook) == ["post-commit"])
        #expect(try await bench.installer().uninstallGlobally([.postCommit]).results == [.postCommit: .removed])
        #expect(!bench.exists(shared))
    }
}

enum HookConfigurationText {
    static func command(_ script: String) -> String {
        "test ! -x \(ShellWord.quoted(script)) || \(ShellWord.quoted(script))"
    }
}
