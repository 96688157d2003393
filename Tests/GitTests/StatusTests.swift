import Foundation
import Git
import TestSupport
import Testing

struct `The status of a repository` {
    @Test func `is what git status says`() async throws {
        let test = try await TestRepository.make()
        for name in ["staged", "changed", "gone", "old", "quo\"te", "ñ 😀"] {
            try test.write(name, "content of \(name)\nand more\n")
        }
        try await test.git("add", ".")
        try await test.commitStaged(message: "First")
        try test.write("staged", "other\n")
        try await test.git("add", "staged")
        try test.write("changed", "other\n")
        try test.write("quo\"te", "other\n")
        try await test.git("mv", "old", "new name")
        try FileManager.default.removeItem(atPath: test.path + "/gone")
        try test.write("dir/untracked", "x\n")
        try test.write("line\nbreak", "x\n")
        let status = try await Repository.open(test.path).status()
        let lines = status.entries.map { entry in
            "\(entry.staged?.rawValue ?? "-")/\(entry.unstaged?.rawValue ?? "-") \(entry.oldPath.map { "\($0) > " } ?? "")"
                + entry.path
        }
        #expect(
            Set(lines) == [
                "modified/- staged", "-/modified changed", "-/modified quo\"te", "renamed/- old > new name",
                "-/deleted gone", "-/untracked dir/", "-/untracked line\nbreak",
            ])
        #expect(status.head.branch == "main")
        #expect(status.staged.count == 2)
        #expect(status.untracked.count == 2)
    }

    @Test func `tells an unborn, a detached and a bare repository apart`() async throws {
        let test = try await TestRepository.make()
        let repository = try await Repository.open(test.path)
        #expect(try await repository.status().head == .unborn(branch: "main"))
        await #expect { try await repository.log() } throws: { ($0 as? GitError)?.kind == .unborn }
        let id = try await test.commit("a", "1\n", message: "First")
        try await test.git("checkout", "-q", "--detach")
        #expect(try await repository.head() == .detached(try #require(ObjectID(hex: id))))
        let bare = try await test.clone(to: "bare.git", arguments: ["--bare"])
        let opened = try await Repository.open(bare.path)
        #expect(opened.traits.isBare)
        #expect(opened.workTree == nil)
        #expect(try await opened.log().commits.count == 1)
        await #expect { try await opened.status() } throws: { ($0 as? GitError)?.kind == .bare }
        await #expect { try await opened.commit(CommitRequest(message: "x", content: .all)) } throws: {
            ($0 as? GitError)?.kind == .bare
        }
    }

    @Test func `compares the branch with its upstream`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        let clone = try await test.clone(to: "clone")
        try await clone.commit("b", "1\n", message: "Ours")
        try await test.commit("c", "1\n", message: "Theirs")
        try await test.commit("d", "1\n", message: "Theirs too")
        try await clone.git("-c", "protocol.file.allow=always", "fetch", "-q")
        let status = try await Repository.open(clone.path).status()
        #expect(status.upstream == Upstream(name: "origin/main", ahead: 1, behind: 2))
    }

    @Test func `survives names that are not UTF-8`() async throws {
        let test = try await TestRepository.make()
        let descriptor = open(Array((test.path + "/bad").utf8CString.dropLast()) + [-1, 0], O_CREAT | O_WRONLY, 0o644)
        try #require(descriptor >= 0)
        close(descriptor)
        let repository = try await Repository.open(test.path)
        #expect(try await repository.status().entries.map(\.path) == ["bad\u{fffd}"])
        try await test.git("add", ".")
        try await test.commitStaged(message: "First")
        #expect(try await repository.show().diff.files.map(\.path) == ["bad\u{fffd}"])
        #expect(try await repository.trackedFiles() == ["bad\u{fffd}"])
    }

    @Test func `is bounded`() async throws {
        let test = try await TestRepository.make()
        for number in 0..<5 { try test.write("file\(number)", "x") }
        let status = try await Repository.open(test.path).status(limit: 2)
        #expect(status.entries.count == 2)
        #expect(status.hasMore)
    }
}
