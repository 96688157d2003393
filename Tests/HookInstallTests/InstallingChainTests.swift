import Foundation
import HookInstall
import TestSupport
import Testing

struct `A hook that was there before` {
    /// Foreign hooks that write who they are, what they got and what they read; each ends with 7.
    static let programs: [(what: String, text: String, runsUnderItsName: Bool)] = [
        ("sh", "#!/bin/sh\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7\n", true),
        ("sh with a space", "#! /bin/sh\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7\n", true),
        ("sh with an option", "#!/bin/sh -e\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"\n(exit 7)\nexit 0\n", true),
        ("sh with a dash", "#!/bin/sh -\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7\n", true),
        ("sh by its status", "#!/bin/sh\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"\n(exit 7)\n", true),
        ("sh by env", "#!/usr/bin/env sh\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7\n", true),
        (
            "bash",
            "#!/bin/bash\nset -euo pipefail\nwords=(\"$0\" \"$*\")\nprintf '%s|%s|%s\\n' \"${words[@]}\" \"$(cat)\"; exit 7\n",
            true
        ),
        (
            "bash by env -S",
            "#!/usr/bin/env -S bash -eu\n[[ -n \"$0\" ]]\nprintf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7\n", true
        ),
        (
            "bash that asks where it is",
            "#!/bin/bash\nmain() { printf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7; }\n[[ \"${BASH_SOURCE[0]}\" == \"$0\" ]] && main \"$@\"\n",
            true
        ),
        (
            "python",
            "#!/usr/bin/env python3\nimport sys\nprint('%s|%s|%s' % (sys.argv[0], ' '.join(sys.argv[1:]), sys.stdin.read().rstrip('\\n')))\nsys.exit(7)\n",
            false
        ),
        ("no shebang", "printf '%s|%s|%s\\n' \"$0\" \"$*\" \"$(cat)\"; exit 7\n", true),
    ]

    @Test(arguments: programs, [HookName.prePush, .postRewrite])
    func `runs with its name, arguments, standard input and exit code`(
        program: (what: String, text: String, runsUnderItsName: Bool), name: HookName
    ) async throws {
        let bench = try await HookBench.make()
        let hook = ".git/hooks/\(name.rawValue)"
        try bench.put(bench.path + "/" + hook, program.text)
        _ = try await bench.installer().install([name])
        let run = try await bench.run([hook, "two words", "x"], input: "one line\nb\\c  d\n")
        let asked = program.runsUnderItsName ? hook : ".git/hooks/.before-vocero/\(name.rawValue)"
        #expect(run.status == 7, "\(run.complaint)")
        #expect(run.output == "\(asked)|two words x|one line\nb\\c  d\n")
        #expect(try bench.calls().isEmpty)
    }

    /// Each does what its name says, with what is beside it.
    static let dispatching: [(what: String, text: String)] = [
        (
            "python",
            "#!/usr/bin/env python3\nimport sys, os, beside\nprint(os.path.basename(sys.argv[0]), os.path.basename(__file__), beside.what)\n"
        ),
        (
            "perl",
            "#!/usr/bin/perl\nuse FindBin; use File::Basename;\nprint basename($0), ' ', $FindBin::Script, ' ', -e \"$FindBin::RealBin/beside.py\" ? 'beside' : 'lost', \"\\n\";\n"
        ),
        (
            "bash by BASH_SOURCE",
            "#!/usr/bin/env bash\nset -eu\nhere=$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)\necho \"${BASH_SOURCE##*/} $(basename \"$0\") $([ ! -e \"$here/beside.py\" ] || echo beside)\"\n"
        ),
        (
            "sh",
            "#!/bin/sh\necho \"${0##*/} $(basename \"$0\") $([ ! -e \"$(dirname \"$0\")/beside.py\" ] || echo beside)\"\n"
        ),
        (
            "no shebang",
            "echo \"${0##*/} $(basename \"$0\") $([ ! -e \"$(dirname \"$0\")/beside.py\" ] || echo beside)\"\n"
        ),
    ]

    @Test(arguments: dispatching)
    func `knows what it is called and finds what is beside it`(program: (what: String, text: String)) async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/beside.py", "what = 'beside'\n")
        try bench.put(bench.hooks + "/post-merge", program.text)
        let before = try bench.tree(bench.hooks)
        let variables = ["PYTHONDONTWRITEBYTECODE": "1"]
        let direct = try await bench.run([".git/hooks/post-merge", "0"], variables: variables)
        #expect(direct.output == "post-merge post-merge beside\n")
        _ = try await bench.installer().install([.postMerge])
        let chained = try await bench.run([".git/hooks/post-merge", "0"], variables: variables)
        #expect(chained.output == direct.output, "\(chained.complaint)")
        _ = try await bench.installer().uninstall([.postMerge])
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test func `is asked by name as a compiled program too`() async throws {
        let bench = try await HookBench.make()
        // It says its own name when it complains.
        try FileManager.default.createDirectory(atPath: bench.hooks, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: bench.hooks + "/post-merge")
        try FileManager.default.copyItem(atPath: "/bin/ls", toPath: bench.hooks + "/post-merge")
        _ = try await bench.installer().install([.postMerge])
        let run = try await bench.run([".git/hooks/post-merge", "--no-such-option"])
        #expect(run.status == 2)
        #expect(run.complaint.contains("/post-merge: unrecognized option"))
    }

    @Test func `runs also where what runs it was taken away, and the next installation mends it`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/post-merge", "#!/usr/bin/perl\nprint \"first\\n\";\n")
        let before = try bench.tree(bench.hooks)
        _ = try await bench.installer().install([.postMerge, .prePush])
        let whole = try bench.tree(bench.hooks)
        try FileManager.default.removeItem(atPath: bench.hooks + "/.before-vocero")
        #expect(try await bench.run([".git/hooks/post-merge", "0"]).output == "first\n")
        let status = try await bench.installer().status()
        #expect(status.hooks[4].steps.map(\.runs) == [false, true])
        _ = try await bench.installer().install([.postMerge])
        #expect(try bench.tree(bench.hooks) == whole)
        #expect(try await bench.run([".git/hooks/post-merge", "0"]).output == "first\n")
        _ = try await bench.installer().uninstall(HookName.allCases)
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test func `gets the environment as git made it`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/post-merge", "#!/bin/sh\nenv | sort\n")
        let direct = try await bench.run([".git/hooks/post-merge", "0"], variables: ["MARK": "1", "VOCERO": "0"])
        _ = try await bench.installer().install([.postMerge])
        let chained = try await bench.run([".git/hooks/post-merge", "0"], variables: ["MARK": "1", "VOCERO": "0"])
        let own = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("_=") } }
        #expect(own(direct.output) == own(chained.output))
    }

    @Test(arguments: [["VOCERO": "0"], ["VOCERO_HOOK": "commit-msg"], ["PATH": "/usr/bin:/bin"]])
    func `runs where Vocero does not`(variables: [String: String]) async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\ncat\nexit 5\n")
        _ = try await bench.installer().install([.prePush])
        if variables["PATH"] != nil { try FileManager.default.removeItem(atPath: bench.folder + "/bin/vocero") }
        let run = try await bench.run([".git/hooks/pre-push", "a", "b"], variables: variables, input: "x y z w\n")
        #expect(run.status == 5)
        #expect(run.output == "x y z w\n")
    }

    @Test func `is kept and not run where it is not executable`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/commit-msg", mode: 0o640, "#!/bin/sh\nexit 1\n")
        let before = try bench.tree(bench.hooks)
        let report = try await bench.installer().install([.commitMessage])
        #expect(report.sentence(.commitMessage)?.contains("not executable") ?? false)
        #expect(try await bench.commit("a", "a\n", "-m", "First").status == 0)
        #expect(try bench.calls().map(\.hook) == ["commit-msg"])
        let steps = try await bench.installer().status().hooks[1].steps
        #expect(steps.map(\.runs) == [false, true])
        _ = try await bench.installer().uninstall([.commitMessage])
        #expect(try bench.tree(bench.hooks) == before)
    }

    @Test(arguments: ["../outside/hook", "broken"])
    func `stays the link it was`(target: String) async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.path + "/.git/outside/hook", "#!/bin/sh\necho \"linked $1\"\n")
        try FileManager.default.createDirectory(atPath: bench.hooks, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: bench.hooks + "/post-merge", withDestinationPath: target)
        let before = try bench.tree(bench.path + "/.git")
        _ = try await bench.installer().install([.postMerge])
        let run = try await bench.run([".git/hooks/post-merge", "0"])
        #expect(run.output == (target == "broken" ? "" : "linked 0\n"))
        #expect(run.status == 0)
        _ = try await bench.installer().uninstall([.postMerge])
        var after = try bench.tree(bench.path + "/.git")
        after["config"] = before["config"]
        #expect(after == before)
    }

    @Test func `takes many lines`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/post-rewrite", "#!/bin/sh\nwc -l\n")
        _ = try await bench.installer().install([.postRewrite])
        let id = String(repeating: "a", count: 40)
        let lines = String(repeating: "\(id) \(id)\n", count: 2000)
        let run = try await bench.run([".git/hooks/post-rewrite", "rebase"], input: lines)
        #expect(run.output.trimmingCharacters(in: .whitespacesAndNewlines) == "2000")
        #expect(try bench.calls().first?.input.count == 2000)
    }

    @Test func `may leave its standard input unread`() async throws {
        let bench = try await HookBench.make()
        try bench.put(bench.hooks + "/pre-push", "#!/bin/sh\nexit 0\n")
        _ = try await bench.installer().install([.prePush])
        let id = String(repeating: "a", count: 40)
        let lines = String(repeating: "a \(id) b \(id)\n", count: 1000)
        let run = try await bench.run([".git/hooks/pre-push", "a", "b"], input: lines)
        #expect(run.status == 0)
        #expect(run.complaint == "the program spoke\n")
        #expect(try bench.calls().first?.input.count == 1000)
    }
}
