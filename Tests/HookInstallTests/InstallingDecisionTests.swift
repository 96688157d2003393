import Foundation
import HookInstall
import TestSupport
import Testing

/// What a script decides by itself: each row runs one under `sh` with a program that records how it is called.
struct `A hook script` {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: HookName
        var why: String
        var arguments: [String] = []
        var input = ""
        var variables: [String: String] = [:]
        /// Files below the git directory.
        var states: [String] = []
        var configuration: [String: String] = [:]
        /// The message file's text.
        var message = "\n# comments\n"
        /// Nil: the program is not called.
        var call: HookBench.Call?

        var testDescription: String { "\(name.rawValue): \(why)" }
    }

    static let zero = String(repeating: "0", count: 40)
    static let one = String(repeating: "1", count: 40)
    static let two = String(repeating: "2", count: 40)
    static let file = ".git/COMMIT_EDITMSG"

    static func called(_ name: HookName, _ arguments: [String] = [], input: [String] = []) -> HookBench.Call {
        HookBench.Call(
            hook: name.rawValue, arguments: ["hook", "run", name.rawValue] + arguments, input: input)
    }

    static let drafting: [Row] =
        [
            Row(
                name: .prepareCommitMessage, why: "no message yet", arguments: [file],
                call: called(.prepareCommitMessage, [file])),
            Row(
                name: .prepareCommitMessage, why: "a template, configured", arguments: [file, "template"],
                configuration: ["vocero.hook.template": "yes"], call: called(.prepareCommitMessage, [file, "template"])),
            Row(
                name: .prepareCommitMessage, why: "pre-commit gives no source", arguments: [file],
                variables: ["PRE_COMMIT": "1"], call: called(.prepareCommitMessage, [file])),
            Row(
                name: .prepareCommitMessage, why: "pre-commit gives a template, configured", arguments: [file],
                variables: ["PRE_COMMIT_COMMIT_MSG_SOURCE": "template"],
                configuration: ["vocero.hook.template": "true"],
                call: called(.prepareCommitMessage, [file, "template"])),
            Row(
                name: .prepareCommitMessage, why: "pre-commit gives a message", arguments: [file],
                variables: ["PRE_COMMIT_COMMIT_MSG_SOURCE": "message"]),
            Row(name: .prepareCommitMessage, why: "no arguments at all"),
        ]
        + ["message", "merge", "squash", "commit", "template"].map {
            Row(name: .prepareCommitMessage, why: "source \($0)", arguments: [file, $0])
        }
        + ["rebase-merge/x", "rebase-apply/x", "CHERRY_PICK_HEAD", "REVERT_HEAD", "MERGE_HEAD"].map {
            Row(name: .prepareCommitMessage, why: "state \($0)", arguments: [file], states: [$0])
        }
        + ["rebase-merge/x", "MERGE_HEAD"].map {
            Row(
                name: .prepareCommitMessage, why: "state \($0), git directory by variable", arguments: ["message"],
                variables: ["GIT_DIR": ".git"], states: [$0])
        }

    static let comparing: [Row] =
        [
            Row(
                name: .commitMessage, why: "a message", arguments: [file], message: "Add x\n",
                call: called(.commitMessage, [file])),
            Row(
                name: .commitMessage, why: "a message that mentions fixup!", arguments: [file],
                message: "Say what fixup! does\n", call: called(.commitMessage, [file])),
            Row(
                name: .commitMessage, why: "no newline", arguments: [file], message: "Add x",
                call: called(.commitMessage, [file])),
            Row(
                name: .commitMessage, why: "a rebase", arguments: [file], states: ["rebase-merge/x"],
                message: "Add x\n", call: called(.commitMessage, [file])),
            Row(name: .commitMessage, why: "a merge", arguments: [file], states: ["MERGE_HEAD"], message: "Merge x\n"),
        ]
        + ["fixup!", "squash!", "amend!"].map {
            Row(name: .commitMessage, why: $0, arguments: [file], message: "\($0) Add x\n")
        }

    static let pushing: [Row] = [
        Row(
            name: .prePush, why: "a branch", arguments: ["origin", "url"],
            input: "refs/heads/a \(one) refs/heads/a \(zero)\n",
            call: called(.prePush, ["origin", "url"], input: ["refs/heads/a \(one) refs/heads/a \(zero)"])),
        Row(
            name: .prePush, why: "a branch and a deletion", arguments: ["origin", "url"],
            input: "(delete) \(zero) refs/heads/b \(two)\nHEAD^{/a b} \(one) refs/heads/a \(zero)\n",
            call: called(
                .prePush, ["origin", "url"],
                input: ["(delete) \(zero) refs/heads/b \(two)", "HEAD^{/a b} \(one) refs/heads/a \(zero)"])),
        Row(
            name: .prePush, why: "backslashes, sha256", arguments: ["o", "u"],
            input: "a\\tb \(one)\(one.prefix(24)) refs/heads/a \(zero)\(zero.prefix(24))\n",
            call: called(
                .prePush, ["o", "u"],
                input: ["a\\tb \(one)\(one.prefix(24)) refs/heads/a \(zero)\(zero.prefix(24))"])),
        Row(name: .prePush, why: "nothing", arguments: ["origin", "url"]),
        Row(
            name: .prePush, why: "a deletion", arguments: ["origin", "url"],
            input: "(delete) \(zero) refs/heads/a \(one)\n"),
        Row(
            name: .prePush, why: "many deletions", arguments: ["origin", "url"],
            input: String(repeating: "(delete) \(zero) refs/heads/a \(one)\n", count: 3)),
        Row(
            name: .prePush, why: "a deletion, sha256", arguments: ["origin", "url"],
            input: "(delete) \(zero)\(zero.prefix(24)) refs/heads/a \(one)\(one.prefix(24))\n"),
        Row(
            name: .prePush, why: "pre-commit says it in variables",
            variables: [
                "PRE_COMMIT_FROM_REF": two, "PRE_COMMIT_TO_REF": one, "PRE_COMMIT_REMOTE_NAME": "origin",
                "PRE_COMMIT_REMOTE_URL": "url", "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/a",
                "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/b",
            ],
            call: called(.prePush, ["origin", "url"], input: ["refs/heads/a \(one) refs/heads/b \(two)"])),
    ]

    static let behind: [Row] =
        [
            Row(name: .postCommit, why: "a commit", call: called(.postCommit, ["HEAD"])),
            Row(name: .postCommit, why: "a rebase", states: ["rebase-merge/x"]),
            Row(name: .postCommit, why: "a rebase by patches", states: ["rebase-apply/x"]),
            Row(
                name: .postCommit, why: "a cherry-pick", states: ["CHERRY_PICK_HEAD"],
                call: called(.postCommit, ["HEAD"])),
            Row(
                name: .postMerge, why: "a merge", arguments: ["0"],
                call: called(.postMerge, ["0", "ORIG_HEAD", "HEAD"])),
            Row(
                name: .postMerge, why: "a squash", arguments: ["1"],
                call: called(.postMerge, ["1", "ORIG_HEAD", "HEAD"])),
            Row(
                name: .postMerge, why: "pre-commit says it in a variable",
                variables: ["PRE_COMMIT_IS_SQUASH_MERGE": "1"], call: called(.postMerge, ["1", "ORIG_HEAD", "HEAD"])),
            Row(
                name: .postRewrite, why: "a rebase", arguments: ["rebase"], input: "\(one) \(two)\n\(two) \(one) x\n",
                call: called(
                    .postRewrite, ["rebase", "ORIG_HEAD", "HEAD"], input: ["\(one) \(two)", "\(two) \(one) x"])),
            Row(
                name: .postRewrite, why: "pre-commit, rebase", variables: ["PRE_COMMIT_REWRITE_COMMAND": "rebase"],
                call: called(.postRewrite, ["rebase", "ORIG_HEAD", "HEAD"], input: ["ORIG_HEAD HEAD"])),
            Row(name: .postRewrite, why: "amend", arguments: ["amend"], input: "\(one) \(two)\n"),
            Row(name: .postRewrite, why: "nothing", arguments: ["rebase"]),
            Row(name: .postRewrite, why: "pre-commit, amend", variables: ["PRE_COMMIT_REWRITE_COMMAND": "amend"]),
            Row(
                name: .postCheckout, why: "a branch", arguments: [one, two, "1"],
                call: called(.postCheckout, [one, two, "1"])),
            Row(
                name: .postCheckout, why: "pre-commit says it in variables",
                variables: [
                    "PRE_COMMIT_FROM_REF": one, "PRE_COMMIT_TO_REF": two, "PRE_COMMIT_CHECKOUT_TYPE": "1",
                ], call: called(.postCheckout, [one, two, "1"])),
            Row(name: .postCheckout, why: "files", arguments: [one, two, "0"]),
            Row(name: .postCheckout, why: "the same commit", arguments: [one, one, "1"]),
            Row(name: .postCheckout, why: "a rebase", arguments: [one, two, "1"], states: ["rebase-merge/x"]),
            Row(name: .postCheckout, why: "no arguments"),
        ]

    /// What calls the program without anything in the way.
    static let plain: [Row] = HookName.allCases.compactMap { name in
        (drafting + comparing + pushing + behind).first { $0.name == name && $0.call != nil }
    }

    static let off: [Row] = plain.flatMap { row in
        let variables = [("VOCERO=0", ["VOCERO": "0"]), ("recursion", ["VOCERO_HOOK": "pre-push"])]
        var rows = variables.map { why, values in
            var row = row
            row.why = why
            row.variables = values
            row.call = nil
            return row
        }
        for value in row.name == .prePush ? ["false", "no", "off", "0"] : ["false"] {
            var off = row
            off.why = "vocero.hooks = \(value)"
            off.configuration["vocero.hooks"] = value
            off.call = nil
            rows.append(off)
        }
        for (key, value) in [("vocero.hooks", "true"), ("vocero.hooks", "what"), ("vocero.hook.deadline", "1")] {
            var on = row
            on.why = "\(key) = \(value)"
            on.configuration[key] = value
            rows.append(on)
        }
        var empty = row
        empty.why = "VOCERO_HOOK is empty, VOCERO is 1"
        empty.variables = ["VOCERO_HOOK": "", "VOCERO": "1"]
        return rows + [empty]
    }

    static let rows = drafting + comparing + pushing + behind + off

    @Test func `decides as the table says, and never fails`() async throws {
        let bench = try await HookBench.make()
        let ids = try await Self.begin(bench)
        let installed = try await bench.installer().install(HookName.allCases)
        #expect(installed.isComplete)
        for row in Self.rows {
            let run = try await Self.run(row, on: bench)
            #expect(run.status == 0, "\(row.testDescription): \(run.complaint)")
            let expected = [row.call?.naming(ids)].compactMap(\.self)
            #expect(try bench.calls() == expected, "\(row.testDescription)")
            if row.call == nil { #expect(run.complaint.isEmpty, "\(row.testDescription)") }
        }
        print("hook scripts: \(Self.rows.count) decisions, \(Self.rows.count { $0.call == nil }) of them silent")
    }

    /// - Returns: Two commits, by how rows name them.
    private static func begin(_ bench: HookBench) async throws -> [String: String] {
        let first = try await bench.repository.commitStaged(message: "First")
        try await bench.git("update-ref", "ORIG_HEAD", "HEAD")
        try await bench.git("commit", "-q", "--allow-empty", "-m", "Second")
        return ["ORIG_HEAD": first, "HEAD": try await bench.repository.git("rev-parse", "HEAD")]
    }

    private static func run(_ row: Row, on bench: HookBench, script: String? = nil) async throws -> HookBench.Run {
        for (key, value) in row.configuration { try await bench.git("config", key, value) }
        for state in row.states { try bench.put(bench.path + "/.git/" + state, mode: 0o644, "") }
        try bench.put(bench.path + "/" + file, mode: 0o644, row.message)
        let run = try await bench.run(
            ["sh", script ?? ".git/hooks/" + row.name.rawValue] + row.arguments, variables: row.variables,
            input: row.input)
        for key in row.configuration.keys { try await bench.git("config", "--unset", key) }
        for state in row.states {
            let top = state.split(separator: "/")[0]
            try FileManager.default.removeItem(atPath: bench.path + "/.git/" + top)
        }
        return run
    }

    @Test(arguments: plain)
    func `does nothing where the program is gone`(row: Row) async throws {
        let bench = try await HookBench.make()
        try await bench.repository.commitStaged(message: "First")
        _ = try await bench.installer().install([row.name])
        try FileManager.default.removeItem(atPath: bench.folder + "/bin/vocero")
        let run = try await Self.run(row, on: bench)
        #expect(run.status == 0)
        #expect(run.complaint.isEmpty)
    }

    @Test(arguments: plain)
    func `finds the program in PATH where it was copied by hand`(row: Row) async throws {
        let bench = try await HookBench.make()
        let ids = try await Self.begin(bench)
        var row = row
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        row.variables["PATH"] = bench.folder + "/bin:" + path
        let script = deliveredHooks + "/" + row.name.rawValue
        #expect(try await Self.run(row, on: bench, script: script).status == 0)
        #expect(try bench.calls() == [row.call?.naming(ids)].compactMap(\.self))
        row.variables["PATH"] = path
        let without = try await Self.run(row, on: bench, script: script)
        #expect(without.status == 0 && without.complaint.isEmpty)
    }

    @Test(arguments: plain, [1, 134])
    func `passes on no failure but a refused message`(row: Row, status: Int) async throws {
        let bench = try await HookBench.make()
        try await bench.repository.commitStaged(message: "First")
        _ = try await bench.installer().install([row.name])
        var row = row
        row.variables["PROGRAM_STATUS"] = String(status)
        let run = try await Self.run(row, on: bench)
        #expect(run.status == (row.name == .commitMessage && status == 1 ? 1 : 0))
        #expect(try bench.calls().count == 1)
    }

    @Test func `starts no process where it is silent`() async throws {
        let bench = try await HookBench.make()
        _ = try await bench.installer().install(HookName.allCases)
        let silent = (Self.drafting + Self.comparing + Self.pushing + Self.behind).filter {
            $0.call == nil && !$0.arguments.contains("template") && $0.why != "many deletions"
        }
        for row in silent {
            var row = row
            // Without a PATH no program starts.
            row.variables["PATH"] = "/nowhere"
            row.configuration = [:]
            for state in row.states { try bench.put(bench.path + "/.git/" + state, mode: 0o644, "") }
            try bench.put(bench.path + "/" + Self.file, mode: 0o644, row.message)
            let run = try await bench.run(
                ["/bin/sh", ".git/hooks/" + row.name.rawValue] + row.arguments, variables: row.variables,
                input: row.input)
            for state in row.states {
                try FileManager.default.removeItem(atPath: bench.path + "/.git/" + state.split(separator: "/")[0])
            }
            #expect(run.status == 0 && run.complaint.isEmpty, "\(row.testDescription): \(run.complaint)")
        }
    }
}

extension HookBench.Call {
    /// With ids where their names stand.
    fileprivate func naming(_ ids: [String: String]) -> Self {
        var call = self
        call.arguments = arguments.map { ids[$0] ?? $0 }
        call.input = input.map { $0.split(separator: " ").map { ids[String($0)] ?? String($0) }.joined(separator: " ") }
        return call
    }
}
