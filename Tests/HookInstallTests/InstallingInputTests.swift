import Foundation
import HookInstall
import TestSupport
import Testing

struct `What git writes to a hook` {
    static let id = String(repeating: "1", count: 40)

    /// A program that only keeps what it reads.
    private static func makeBench(_ name: HookName, before: Bool) async throws -> HookBench {
        let bench = try await HookBench.make()
        try bench.put(bench.folder + "/bin/vocero", "#!/bin/sh\ncat >\(ShellWord.quoted(bench.folder + "/read"))\n")
        if before { try bench.put(bench.hooks + "/" + name.rawValue, "#!/bin/sh\nwc -c\n") }
        _ = try await bench.installer().install([name])
        return bench
    }

    @Test(arguments: [HookName.prePush, .postRewrite], [false, true])
    func `is read at once, however much it is`(name: HookName, before: Bool) async throws {
        let bench = try await Self.makeBench(name, before: before)
        let lines = (0..<40_000).map { "refs/heads/b\($0) \(Self.id) refs/heads/b\($0) \(Self.id)\n" }.joined()
        let run = try await bench.run(["timeout", "30", ".git/hooks/" + name.rawValue, "rebase", "url"], input: lines)
        #expect(run.status == 0)
        #expect(bench.text(bench.folder + "/read") == lines)
        #expect(run.output.trimmingCharacters(in: .whitespacesAndNewlines) == (before ? "\(lines.utf8.count)" : ""))
    }

    @Test(arguments: ["a b c d", "a b c d\n", "a b\\n c d\n\te  f g  \n", "a b c d\n\n\n", "a b c d\ne f g h"])
    func `is passed on as it is, but for a newline at the end`(text: String) async throws {
        let bench = try await Self.makeBench(.prePush, before: false)
        try await bench.run([".git/hooks/pre-push", "name", "url"], input: text)
        #expect(bench.text(bench.folder + "/read") == text + (text.hasSuffix("\n") ? "" : "\n"))
    }

    @Test(arguments: [
        (HookName.prePush, "origin", ["VOCERO": "0"]), (.prePush, "origin", ["VOCERO_HOOK": "pre-push"]),
        (.postRewrite, "rebase", ["VOCERO": "0"]), (.postRewrite, "amend", [:]),
    ])
    func `is not waited for where nothing is done`(
        name: HookName, argument: String, variables: [String: String]
    ) async throws {
        let bench = try await Self.makeBench(name, before: false)
        // Nobody writes to the pipe, and it does not end.
        let script = "mkfifo pipe; exec 3<>pipe; exec timeout 20 \"$@\" <&3"
        let run = try await bench.run(
            ["sh", "-c", script, "sh", ".git/hooks/" + name.rawValue, argument, "url"], variables: variables)
        #expect(run.status == 0)
    }

    @Test(arguments: [HookName.postCommit, .postMerge, .postRewrite])
    func `and where HEAD is are looked at before git goes on`(name: HookName) async throws {
        let bench = try await Self.makeBench(name, before: false)
        try await bench.repository.commitStaged(message: "First")
        // A git that takes its time to say where HEAD is, and notes that it has.
        try bench.put(
            bench.folder + "/slow/git",
            """
            #!/bin/sh
            [ "$1" != rev-parse ] || { sleep 1; : >>\(ShellWord.quoted(bench.folder + "/asked")); }
            PATH=${PATH#*:}; exec git "$@"
            """)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let script = "\"$@\"; test -e \(ShellWord.quoted(bench.folder + "/asked"))"
        let run = try await bench.run(
            ["sh", "-c", script, "sh", ".git/hooks/" + name.rawValue, "rebase"],
            variables: ["PATH": bench.folder + "/slow:" + path], input: "\(Self.id) \(Self.id)\n")
        #expect(run.status == 0)
    }
}
