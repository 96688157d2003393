import Foundation
import HookInstall
import TestSupport
import Testing

/// The line that is advised for husky, run as husky runs it.
struct `The advice for another manager` {
    private static func line(_ name: HookName) throws -> String {
        let line = HookManager.husky.advice(for: name).split(separator: "\n").first { $0.hasPrefix("  ") }
        return String(try #require(line).dropFirst(2))
    }

    /// A `vocero` that prints the delivered script, and records when that calls it.
    private static func makeBench(_ name: HookName) async throws -> (HookBench, path: String) {
        let bench = try await HookBench.make()
        try await bench.repository.commitStaged(message: "First")
        let program = bench.folder + "/bin/vocero"
        let record = try #require(bench.text(program)).replacing("#!/bin/sh\n", with: "")
        let delivered = ShellWord.quoted(deliveredHooks + "/" + name.rawValue)
        try bench.put(program, "#!/bin/sh\n[ \"$2\" != script ] || exec cat \(delivered)\n" + record)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return (bench, bench.folder + "/bin:" + path)
    }

    static let cases: [(HookName, [String], String)] = [
        (.prepareCommitMessage, [".git/COMMIT_EDITMSG"], ""), (.commitMessage, [".git/COMMIT_EDITMSG"], ""),
        (.postCommit, [], ""), (.prePush, ["origin", "url"], "refs/heads/a 1 refs/heads/a 0\n"),
        (.postMerge, ["0"], ""), (.postRewrite, ["rebase"], "1 2\n"), (.postCheckout, ["1", "2", "1"], ""),
    ]

    @Test(arguments: cases)
    func `runs the script, with its switches, and nothing without the program`(
        name: HookName, arguments: [String], input: String
    ) async throws {
        let (bench, path) = try await Self.makeBench(name)
        try bench.put(bench.path + "/.git/COMMIT_EDITMSG", mode: 0o644, "Add x\n")
        try bench.put(bench.path + "/hook", mode: 0o644, try Self.line(name) + "\n")
        let command = ["sh", "-e", "hook"] + arguments
        #expect(try await bench.run(command, variables: ["PATH": path], input: input).status == 0)
        let calls = try bench.calls()
        #expect(calls.map(\.hook) == [name.rawValue])
        #expect(calls.first?.arguments.starts(with: ["hook", "run", name.rawValue]) ?? false)
        for off in [["VOCERO": "0"], ["VOCERO_HOOK": "pre-push"]] {
            let variables = off.merging(["PATH": path]) { $1 }
            #expect(try await bench.run(command, variables: variables, input: input).status == 0)
        }
        let without = try await bench.run(command, input: input)
        #expect(without.status == 0 && without.output.isEmpty && without.complaint.isEmpty)
        #expect(try bench.calls().isEmpty)
    }

    @Test func `passes on a refused message`() async throws {
        let (bench, path) = try await Self.makeBench(.commitMessage)
        try bench.put(bench.path + "/.git/COMMIT_EDITMSG", mode: 0o644, "Add x\n")
        try bench.put(bench.path + "/hook", mode: 0o644, try Self.line(.commitMessage) + "\n")
        let run = try await bench.run(
            ["sh", "-e", "hook", ".git/COMMIT_EDITMSG"], variables: ["PATH": path, "PROGRAM_STATUS": "1"])
        #expect(run.status == 1)
    }

    @Test(arguments: HookManager.allCases, HookName.allCases)
    func `never calls the program as a hook without its script`(manager: HookManager, name: HookName) {
        let advice = manager.advice(for: name)
        #expect(!advice.contains("hook run"))
        #expect(advice.contains("vocero hook uninstall"))
        if manager != .preCommit { #expect(advice.contains("command -v vocero >/dev/null 2>&1;")) }
    }
}
