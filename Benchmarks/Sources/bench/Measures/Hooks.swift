import Glibc

extension Bench {
    /// What hooks add to `git commit`, beside a hook that does nothing, and what a large difference costs.
    func measureHooks(_ report: inout Report) throws {
        let plain = try HookRepository(self, name: "plain hook", hook: "exit 0")
        let writing = try HookRepository(self, name: "writing hook", hook: #"echo "Add a line" >"$1""#)
        let own = try HookRepository(self, name: "vocero hook", hook: nil)
        _ = try vocero.run(["hook", "install", "prepare-commit-msg", "-C", own.path])
        try measureSilentHook(plain, own, &report)
        try measureDrafts(writing, own, &report)
        try measureLargeDifference(&report)
    }

    /// `git commit -m`: the script decides by itself.
    private func measureSilentHook(_ plain: HookRepository, _ own: HookRepository, _ report: inout Report) throws {
        let times = try interleaved(
            sizes.commits * 2,
            [
                { try plain.git(["commit", "-q", "--allow-empty", "-m", "x"]).milliseconds },
                { try own.git(["commit", "-q", "--allow-empty", "-m", "x"]).milliseconds },
            ])
        let (nothing, silent) = (times[0].median, times[1].median)
        report.add(
            "git commit with a silent prepare-commit-msg beside one of `exit 0`", vocero: silent.ms,
            beside: nothing.ms, result: "\((silent - nothing).ms) over", goal: "3 ms over",
            isMet: silent - nothing <= 3)
    }

    /// The same change again and again: from the cache, and without it from the server.
    private func measureDrafts(_ writing: HookRepository, _ own: HookRepository, _ report: inout Report) throws {
        try own.commitChange()
        _ = server.events()
        try own.forgetDrafts(in: home)
        try own.commitChange()
        let requests = try curlArguments(for: server.events())
        let times = try interleaved(
            sizes.commits,
            [
                { try writing.commitChange() }, { try own.commitChange() },
                {
                    try own.forgetDrafts(in: home)
                    return try own.commitChange()
                }, { try curl.run(requests).milliseconds },
            ])
        let (beside, cached, drafted, http) = (times[0].median, times[1].median, times[2].median, times[3].median)
        report.add(
            "git commit with a cached draft beside a hook that writes a line", vocero: cached.ms, beside: beside.ms,
            result: "\((cached - beside).ms) over", goal: "40 ms over", isMet: cached - beside <= 40)
        report.add(
            "git commit with a draft by a model beside that and the same request by curl", vocero: drafted.ms,
            beside: "\(beside.shown()) + \(http.ms)", result: "\((drafted - beside - http).ms) over",
            goal: "60 ms over", isMet: drafted - beside - http <= 60)
    }

    /// Megabytes of new lines, in one file and in many.
    private func measureLargeDifference(_ report: inout Report) throws {
        for files in [1, 4_000] {
            let repository = try HookRepository(self, name: "large \(files)", hook: nil)
            try repository.writeLines(megabytes: sizes.diffMegabytes, files: files)
            _ = try repository.git(["add", "."])
            let ended = try vocero.run(["hook", "run", "prepare-commit-msg", "-C", repository.path])
            report.add(
                "a draft for \(sizes.diffMegabytes) MB of new lines in \(files == 1 ? "one file" : "\(files) files")",
                vocero: ended.milliseconds.ms,
                result: "\((ended.milliseconds / 1000).shown(2)) s, \(ended.peakMebibytes.shown(0)) MiB",
                goal: "5 s, 128 MiB", isMet: ended.milliseconds <= 5_000 && ended.peakMebibytes <= 128)
        }
    }
}

/// A repository with a hook, in which the same change is committed again and again.
private struct HookRepository {
    let path: String
    private let program: Program

    /// `hook` is a line of shell for prepare-commit-msg; nil for none.
    init(_ bench: Bench, name: String, hook: String?) throws {
        path = "\(Scratch.directory)/\(name)"
        var environment = bench.vocero.environment
        environment["GIT_EDITOR"] = "true"
        for who in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(who)_NAME"] = "Bench"
            environment["GIT_\(who)_EMAIL"] = "bench@example.org"
        }
        program = Program(path: bench.git.path, environment: environment)
        _ = try program.run(["init", "-q", "-b", "main", path])
        for number in 1...20 { _ = try git(["commit", "-q", "--allow-empty", "-m", "Add line \(number)"]) }
        guard let hook else { return }
        let file = try Scratch.write("#!/bin/sh\n\(hook)\n", to: "\(name)/.git/hooks/prepare-commit-msg")
        chmod(file, 0o755)
    }

    func git(_ arguments: [String]) throws -> Ended { try program.run(["-C", path] + arguments) }

    /// The milliseconds of a commit, which is taken back.
    @discardableResult
    func commitChange() throws -> Double {
        let file = path + "/parser.txt"
        if access(file, F_OK) != 0 {
            _ = try Scratch.write("one\ntwo\n", to: String(file.dropFirst(Scratch.directory.count + 1)))
            _ = try git(["add", "."])
        }
        let took = try git(["commit", "-q"]).milliseconds
        _ = try git(["reset", "-q", "--soft", "HEAD~1"])
        return took
    }

    func forgetDrafts(in home: String) throws {
        _ = try Program(path: "rm", environment: program.environment).run(["-rf", home + "/cache/drafts"])
    }

    func writeLines(megabytes: Int, files: Int) throws {
        let line = "let value = compute(from: input) // a line of some code, as long as most\n"
        let lines = megabytes * 1_000_000 / files / line.utf8.count
        let block = Array(String(repeating: line, count: 100).utf8)
        for number in 0..<files {
            let name = "\(path)/file\(number).swift"
            guard let file = fopen(name, "w") else { throw BenchmarkError("\(name) cannot be made") }
            defer { fclose(file) }
            // In small pieces: a program that is started counts what this one holds as its own peak.
            let first = Array("let number = \(number)\n".utf8)
            fwrite(first, 1, first.count, file)
            for _ in 0..<max(1, lines / 100) { fwrite(block, 1, block.count, file) }
        }
    }
}
