import Foundation
import HookInstall
import TestSupport
import Testing

struct `Installing and uninstalling` {
    static let source = Array("#!/bin/sh\n# Of another time.\n# vocero-hook 99\nvocero=vocero\nexit 0\n".utf8)

    /// A script of another version, as an installation would have written it.
    static func script(version: Int, program: String = "/old/vocero") -> String {
        let text = String(decoding: source, as: UTF8.self).replacing("99", with: "\(version)")
        let bytes = HookScript.sealed(Array(text.utf8), program: program, directoriesMade: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `twice does nothing the second time`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\nexit 0\n")
        _ = try await bench.installer().install(HookName.allCases)
        let tree = try bench.tree(bench.hooks)
        let again = try await bench.installer().install(HookName.allCases)
        #expect(Set(again.results.values) == [.unchanged])
        #expect(try bench.tree(bench.hooks) == tree)
        _ = try await bench.installer().uninstall(HookName.allCases)
        let none = try await bench.installer().uninstall(HookName.allCases)
        #expect(Set(none.results.values) == [.absent])
    }

    @Test func `follows the program to another path`() async throws {
        let bench = try await HookBench.make()
        _ = try await bench.installer().install([.prePush])
        let moved = try await bench.installer(programName: "elsewhere").install([.prePush])
        #expect(moved.results == [.prePush: .updated])
        #expect(bench.text(bench.hooks + "/pre-push")?.contains("/bin/elsewhere'") ?? false)
        let step = try #require(try await bench.installer().status().hooks[3].steps.first)
        #expect(!step.runs)
        #expect(step.remarks.contains { $0.contains("is gone") })
    }

    @Test func `makes a script executable again`() async throws {
        let bench = try await HookBench.make()
        _ = try await bench.installer().install([.prePush])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bench.hooks + "/pre-push")
        #expect(try await bench.installer().status().hooks[3].steps.map(\.runs) == [false])
        #expect(try await bench.installer().install([.prePush]).results == [.prePush: .updated])
        #expect(FileManager.default.isExecutableFile(atPath: bench.hooks + "/pre-push"))
    }

    @Test func `replaces an older script and refuses a newer one`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", Self.script(version: 0))
        #expect(try await bench.installer().install([.prePush]).results == [.prePush: .updated])
        let newer = Self.script(version: HookScript.version + 1)
        try bench.put(bench.hooks + "/pre-push", newer)
        let report = try await bench.installer().install([.prePush, .postMerge])
        #expect(report.results == [.prePush: .refused, .postMerge: .installed])
        #expect(report.sentence(.prePush)?.contains("newer") ?? false)
        #expect(!report.isComplete)
        #expect(bench.text(bench.hooks + "/pre-push") == newer)
        // Its seal says that nobody changed it, so it can go.
        #expect(try await bench.installer().uninstall([.prePush]).results == [.prePush: .removed])
    }

    @Test func `leaves what was edited`() async throws {
        let bench = try await HookBench.make()
        _ = try await bench.installer().install([.prePush, .postMerge])
        let edited = try #require(bench.text(bench.hooks + "/pre-push")) + "# mine\n"
        try bench.put(bench.hooks + "/pre-push", edited)
        let report = try await bench.installer().install([.prePush])
        #expect(report.results == [.prePush: .refused])
        let removal = try await bench.installer().uninstall([.prePush, .postMerge])
        #expect(removal.results == [.prePush: .kept, .postMerge: .removed])
        #expect(removal.sentence(.prePush)?.contains("edited") ?? false)
        #expect(bench.text(bench.hooks + "/pre-push") == edited)
    }

    @Test func `leaves samples and other hooks alone`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push.sample", "#!/bin/sh\nexit 1\n")
        try bench.put(bench.hooks + "/pre-commit", "#!/bin/sh\nexit 0\n")
        try bench.put(bench.hooks + "/pre-push.before-vocero.mine", "mine")
        let before = try bench.tree(bench.hooks)
        _ = try await bench.installer().install(HookName.allCases)
        for (name, entry) in before { #expect(try bench.tree(bench.hooks)[name] == entry) }
        _ = try await bench.installer().uninstall(HookName.allCases)
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test func `never writes over a kept hook`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push.before-vocero", "#!/bin/sh\necho kept\n")
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\necho now\n")
        let before = try bench.tree(bench.hooks)
        let report = try await bench.installer().install([.prePush])
        #expect(report.results == [.prePush: .refused])
        #expect(try bench.tree(bench.hooks) == before)
        #expect(try await bench.installer().uninstall([.prePush]).results == [.prePush: .kept])
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test func `gives a kept hook its name back where ours was deleted by hand`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", mode: 0o710, "#!/bin/sh\necho first\n")
        let before = try bench.tree(bench.hooks)
        _ = try await bench.installer().install([.prePush])
        try FileManager.default.removeItem(atPath: bench.hooks + "/pre-push")
        #expect(try await bench.installer().uninstall([.prePush]).results == [.prePush: .removed])
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test func `takes over a copy, and leaves a link and an unknown file type`() async throws {
        let bench = try await HookBench.make()
        let delivered = deliveredHooks + "/pre-push"
        try bench.put(bench.hooks + "/pre-push", String(decoding: HookScript.source(of: .prePush), as: UTF8.self))
        #expect(try await bench.installer().uninstall([.prePush]).results == [.prePush: .kept])
        #expect(try await bench.installer().install([.prePush]).results == [.prePush: .updated])
        #expect(try await bench.installer().uninstall([.prePush]).results == [.prePush: .removed])
        try FileManager.default.createSymbolicLink(
            atPath: bench.hooks + "/pre-push", withDestinationPath: delivered)
        try FileManager.default.createDirectory(
            atPath: bench.hooks + "/post-merge", withIntermediateDirectories: true)
        let before = try bench.tree(bench.hooks)
        let report = try await bench.installer().install([.prePush, .postMerge])
        #expect(report.results == [.prePush: .kept, .postMerge: .refused])
        _ = try await bench.installer().uninstall([.prePush, .postMerge])
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test(arguments: ["before the second name", "after it", "with a temporary file left", "with half of what runs it"])
    func `goes on from where a killed installation stopped`(point: String) async throws {
        let bench = try await HookBench.make()
        let hook = bench.hooks + "/pre-push"
        try bench.put(hook, mode: 0o750, "#!/bin/sh\necho first\n")
        let before = try bench.tree(bench.hooks)
        if point != "before the second name" { #expect(link(hook, hook + ".before-vocero") == 0) }
        if point == "with half of what runs it" {
            try bench.put(bench.hooks + "/.before-vocero/.run.vocero-new", mode: 0o600, "half")
            try bench.put(bench.hooks + "/.before-vocero/run", mode: 0o600, "older")
        }
        if point == "with a temporary file left" {
            try bench.put(bench.hooks + "/.pre-push.vocero-new", mode: 0o600, "half")
        }
        #expect(try await bench.run([".git/hooks/pre-push"]).output == "first\n")
        // Taken back, or finished: both are whole.
        _ = try await bench.installer().uninstall([.prePush])
        #expect(try bench.tree(bench.hooks) == before)
        if point != "before the second name" { #expect(link(hook, hook + ".before-vocero") == 0) }
        #expect(try await bench.installer().install([.prePush]).results == [.prePush: .installed])
        #expect(try await bench.run([".git/hooks/pre-push", "a", "b"]).output == "first\n")
        _ = try await bench.installer().uninstall([.prePush])
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test func `says that a repository switched hooks off`() async throws {
        let bench = try await HookBench.make()
        #expect(try await !bench.installer().status().isSwitchedOff)
        try await bench.git("config", "vocero.hooks", "off")
        #expect(try await bench.installer().status().isSwitchedOff)
    }
}
