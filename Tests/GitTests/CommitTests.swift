import Foundation
import Git
import TestSupport
import Testing

struct `A commit` {
    static let date = Date(timeIntervalSince1970: 1_767_700_000)

    @Test func `of some paths leaves out what else is staged`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try test.write("a", "2\n")
        try test.write("new/ñ file.txt", "new\n")
        try test.write("other", "other\n")
        try await test.git("add", "other")
        let repository = try await Repository.open(test.path)
        let commit = try await repository.commit(
            CommitRequest(message: "Second\n\nBody", content: .paths(["a", "new"]), date: Self.date))
        #expect(commit.subject == "Second")
        #expect(
            try await test.git("-c", "core.quotePath=false", "show", "--name-only", "--format=%s", "HEAD")
                == "Second\n\na\nnew/ñ file.txt")
        #expect(try await test.git("status", "--porcelain") == "A  other")
        #expect(
            try await test.git("log", "-1", "--format=%an <%ae> %at %ct")
                == "Committer Zero <zero@example.org> 1767700000 1767700000")
        #expect(try await test.git("fsck", "--strict") == "")
    }

    @Test func `has the id that was foretold`() async throws {
        let test = try await TestRepository.make()
        try test.write("a", "1\n")
        let repository = try await Repository.open(test.path)
        let request = CommitRequest(message: "First", content: .all, expectedHead: .unborn, date: Self.date)
        let prepared = try await repository.prepare(request)
        #expect(try await test.git("status", "--porcelain") == "?? a")
        #expect(try await repository.prepare(request).id == prepared.id)
        let commit = try await repository.perform(prepared)
        #expect(commit.id == prepared.id)
        #expect(try await test.git("rev-parse", "main") == commit.id.hex)
        #expect(try await test.git("status", "--porcelain") == "")
        #expect(try await test.git("reflog", "-1", "--format=%gs") == "commit (initial): First")
    }

    @Test func `takes tracked changes and deletions, or everything`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.commit("gone", "1\n", message: "Second")
        try test.write("a", "2\n")
        try FileManager.default.removeItem(atPath: test.path + "/gone")
        try test.write("untracked", "u\n")
        try test.write(".gitignore", "ignored\n")
        try test.write("ignored", "i\n")
        let repository = try await Repository.open(test.path)
        _ = try await repository.commit(CommitRequest(message: "Tracked", content: .tracked))
        #expect(try await test.git("show", "--name-status", "--format=", "HEAD") == "M\ta\nD\tgone")
        _ = try await repository.commit(CommitRequest(message: "All", content: .all))
        #expect(try await test.git("show", "--name-status", "--format=", "HEAD") == "A\t.gitignore\nA\tuntracked")
        await #expect { try await repository.commit(CommitRequest(message: "Again", content: .all)) } throws: {
            ($0 as? GitError)?.kind == .nothingToCommit
        }
    }

    @Test func `made by many at once is made once for each HEAD`() async throws {
        let test = try await TestRepository.make()
        let first = try await test.commit("a", "1\n", message: "First")
        for number in 0..<6 { try test.write("file\(number)", "\(number)\n") }
        let head = try #require(ObjectID(hex: first))
        let outcomes = await withTaskGroup(of: GitError.Kind?.self) { group in
            for number in 0..<6 {
                group.addTask {
                    do throws(GitError) {
                        let repository = try await Repository.open(test.path)
                        _ = try await repository.commit(
                            CommitRequest(
                                message: "File \(number)", content: .paths(["file\(number)"]),
                                expectedHead: .commit(head)))
                        return nil
                    } catch {
                        return error.kind
                    }
                }
            }
            return await group.reduce(into: [GitError.Kind?]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count == 1)
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .conflict || $0 == .locked })
        #expect(try await test.git("rev-list", "--count", "HEAD") == "2")
    }

    @Test(arguments: ["", "  \n\n ", "a\u{0}b"])
    func `needs a message`(message: String) async throws {
        let test = try await TestRepository.make()
        try test.write("a", "1\n")
        let repository = try await Repository.open(test.path)
        await #expect { try await repository.commit(CommitRequest(message: message, content: .all)) } throws: {
            ($0 as? GitError)?.kind == .invalidName
        }
    }

    @Test(arguments: [
        "", "/etc/passwd", "../out", "a/../../out", ".git/config", "a//b", "sub/.GIT/x", ".git\u{200c}/x", "git~1/x",
        "nothing",
    ])
    func `refuses paths that are none`(path: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let repository = try await Repository.open(test.path)
        await #expect(throws: GitError.self) {
            try await repository.commit(CommitRequest(message: "x", content: .paths([path])))
        }
        #expect(try await test.git("rev-list", "--count", "HEAD") == "1")
    }

    @Test func `never takes what lies behind a symbolic link`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("dir/x", "inside\n", message: "First")
        try test.directory.write("out/x", "secret of the machine\n")
        try FileManager.default.removeItem(atPath: test.path + "/dir")
        try FileManager.default.createSymbolicLink(atPath: test.path + "/dir", withDestinationPath: "../out")
        let repository = try await Repository.open(test.path)
        await #expect(throws: GitError.self) { try await repository.stage(["dir/x"]) }
        _ = try await repository.commit(CommitRequest(message: "Link", content: .all))
        #expect(try await test.git("ls-tree", "-r", "--name-only", "HEAD") == "dir")
        #expect(try await test.git("cat-file", "-p", "HEAD:dir") == "../out")
        let objects = try await test.git("cat-file", "--batch-all-objects", "--batch-check").split(separator: "\n")
        for line in objects where line.contains("blob") {
            #expect(try await !test.git("cat-file", "-p", String(line.prefix(40))).contains("secret"))
        }
        #expect(try await repository.diff(.uncommitted).patch.contains("secret") == false)
    }

    @Test func `runs hooks and takes their refusal`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try test.write("a", "2\n")
        try test.write(".git/hooks/commit-msg", "#!/bin/sh\necho not this one >&2\ngrep -q yes \"$1\"\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: test.path + "/.git/hooks/commit-msg")
        let repository = try await Repository.open(test.path)
        let request = CommitRequest(message: "no", content: .tracked, date: Self.date)
        #expect(try await repository.prepare(request).needsProgram == "the hook commit-msg")
        await #expect { try await repository.commit(request) } throws: {
            ($0 as? GitError)?.message.contains("not this one") == true
        }
        let commit = try await repository.commit(CommitRequest(message: "yes", content: .tracked, date: Self.date))
        #expect(commit.subject == "yes")
        #expect(commit.committer.date == Self.date)
    }

    @Test func `names the lock file of a killed process`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try test.write("a", "2\n")
        try test.write(".git/index.lock", "")
        let repository = try await Repository.open(test.path)
        await #expect { try await repository.commit(CommitRequest(message: "x", content: .tracked)) } throws: {
            guard let error = $0 as? GitError else { return false }
            return error.kind == .locked && error.message.contains(".git/index.lock")
        }
        #expect(try await test.git("rev-list", "--count", "HEAD") == "1")
    }

    @Test func `names the lock file of its branch too`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try test.write("a", "2\n")
        try test.write(".git/refs/heads/main.lock", "")
        let repository = try await Repository.open(test.path)
        await #expect { try await repository.commit(CommitRequest(message: "x", content: .tracked)) } throws: {
            guard let error = $0 as? GitError else { return false }
            return error.kind == .locked && error.message.contains(".git/refs/heads/main.lock")
        }
        #expect(try await test.git("rev-list", "--count", "HEAD") == "1")
    }

    @Test func `on a detached HEAD moves HEAD alone`() async throws {
        let test = try await TestRepository.make()
        let first = try await test.commit("a", "1\n", message: "First")
        try await test.git("checkout", "-q", "--detach")
        try test.write("a", "2\n")
        let commit = try await Repository.open(test.path).commit(CommitRequest(message: "Loose", content: .tracked))
        #expect(try await test.git("rev-parse", "HEAD") == commit.id.hex)
        #expect(try await test.git("rev-parse", "main") == first)
    }

    @Test func `is refused while files have conflicts, and ends a merge when they have none`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("checkout", "-q", "-b", "side")
        let side = try await test.commit("a", "side\n", message: "Side")
        try await test.git("checkout", "-q", "main")
        try await test.commit("a", "main\n", message: "Main")
        _ = try? await test.git("merge", "side")
        let repository = try await Repository.open(test.path)
        #expect(try await repository.status().operation == .merge)
        #expect(try await repository.status().conflicted.map(\.path) == ["a"])
        await #expect(throws: GitError.self) {
            try await repository.commit(CommitRequest(message: "x", content: .staged))
        }
        try test.write("a", "both\n")
        try await test.git("add", "a")
        let commit = try await repository.commit(CommitRequest(message: "Merged", content: .staged))
        #expect(commit.parents.map(\.hex).last == side)
    }

    @Test func `converts line ends as attributes say`() async throws {
        let test = try await TestRepository.make()
        try test.write(".gitattributes", "*.txt text eol=crlf\n")
        try test.write("a.txt", "one\r\ntwo\r\n")
        try test.write("run.sh", "#!/bin/sh\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: test.path + "/run.sh")
        _ = try await Repository.open(test.path).commit(CommitRequest(message: "x", content: .all))
        #expect(try await test.bytes(of: ["cat-file", "-p", "HEAD:a.txt"]) == Array("one\ntwo\n".utf8))
        #expect(try await test.git("status", "--porcelain") == "")
        #expect(try await test.git("ls-tree", "HEAD", "run.sh").hasPrefix("100755"))
    }
}
