import Foundation
import Git
import TestSupport
import Testing

struct `A repository that libgit2 cannot serve` {
    @Test func `because of SHA-256 is read and written through git`() async throws {
        let test = try await TestRepository.make(arguments: ["--object-format=sha256"])
        let repository = try await Repository.open(test.path)
        #expect(repository.traits.extensions == ["objectformat"])
        #expect(try await repository.head() == .unborn(branch: "main"))
        await #expect { try await repository.log() } throws: { ($0 as? GitError)?.kind == .unborn }
        try await test.commit("a", "one\ntwo\n", message: "First\n\nBody", author: "José Ñandú <jose@example.org>")
        try test.write("a", "one\n2\n")
        try test.write("b", "b\n")
        #expect(try await repository.status().entries.map(\.path) == ["a", "b"])
        let diff = try await repository.diff(.uncommitted)
        #expect(diff.totals == ChangeTotals(files: 1, insertions: 1, deletions: 1) && diff.patch.contains("+2\n"))
        let commit = try await repository.commit(CommitRequest(message: "Second", content: .all))
        #expect(commit.id.hex.utf8.count == 64)
        try await test.git("mv", "a", "moved")
        try await test.commitStaged(message: "Third")
        let log = try await repository.log(LogQuery(includesChanges: true))
        #expect(log.commits.map(\.subject) == ["Third", "Second", "First"])
        #expect(log.commits[1].changes == ChangeTotals(files: 2, insertions: 2, deletions: 1))
        #expect(log.commits[2].author.name == "José Ñandú" && log.commits[2].body == "Body")
        #expect(try await repository.log(LogQuery(author: "jose")).commits.count == 1)
        #expect(try await repository.show().diff.files.map(\.kind) == [.renamed])
        #expect(try await repository.show("HEAD~2").diff.totals.insertions == 2)
        #expect(try await repository.blame("moved").hunks.map(\.subject) == ["First", "Second"])
        #expect(try await repository.contributors().people.map(\.commits).reduce(0, +) == 3)
        #expect(try await repository.file("b").bytes == Array("b\n".utf8))
        _ = try await repository.createBranch("side")
        _ = try await repository.createTag(TagRequest(name: "v1", message: "Release"))
        #expect(try await repository.branches().map(\.name) == ["main", "side"])
        #expect(try await repository.tags().map(\.message) == ["Release"])
        #expect(try await repository.checkout("side").branch == "side")
        #expect(try await repository.mergeBase("main", "v1") == repository.resolve("HEAD"))
        #expect(try await repository.trackedFiles() == ["b", "moved"])
        #expect(try await repository.configuration(prefix: "user.").contains { $0.value == "Committer Zero" })
        #expect(try await repository.repositoryName().hasSuffix("/project"))
        await #expect { try await repository.log(LogQuery(start: "none")) } throws: {
            ($0 as? GitError)?.kind == .notFound
        }
    }

    @Test func `because it is sparse keeps what is left out`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("in/a", "1\n", message: "First")
        try await test.commit("out/b", "1\n", message: "Second")
        try await test.git("sparse-checkout", "set", "in")
        let repository = try await Repository.open(test.path)
        #expect(try await repository.status().isClean)
        try test.write("in/a", "2\n")
        _ = try await repository.commit(CommitRequest(message: "Third", content: .all))
        #expect(try await test.git("ls-tree", "-r", "--name-only", "HEAD") == "in/a\nout/b")
    }

    @Test func `because it is a partial clone fetches nothing, and says what it lacks`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.commit("a", "2\n", message: "Second")
        try await test.git("config", "uploadpack.allowFilter", "true")
        let clone = try await test.clone(to: "partial", arguments: ["--filter=blob:none", "--no-checkout"])
        try await clone.git("config", "protocol.file.allow", "always")
        let repository = try await Repository.open(clone.path)
        #expect(repository.traits.isPartialClone)
        #expect(try await repository.log().commits.map(\.subject) == ["Second", "First"])
        for read in [
            { _ = try await repository.show() }, { _ = try await repository.file("a", at: "HEAD~1") },
        ] as [() async throws -> Void] {
            await #expect { try await read() } throws: { ($0 as? GitError)?.message.contains("partial clone") == true }
        }
        try await clone.git("checkout", "-q", "main")
        #expect(try await repository.file("a").bytes == Array("2\n".utf8))
    }

    @Test func `because its index is split is read all the same`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("update-index", "--split-index")
        let repository = try await Repository.open(test.path)
        #expect(repository.traits.hasSplitIndex)
        try test.write("a", "2\n")
        #expect(try await repository.status().unstaged.map(\.path) == ["a"])
        #expect(try await repository.commit(CommitRequest(message: "Second", content: .tracked)).subject == "Second")
    }
}

struct `A shallow clone` {
    @Test func `is read up to its edge`() async throws {
        let test = try await TestRepository.make()
        for number in 1...4 { try await test.commit("a", "\(number)\n", message: "Number \(number)") }
        try await test.git("branch", "side", "HEAD~1")
        let clone = try await test.clone(to: "shallow", arguments: ["--depth", "2", "--no-single-branch"])
        let repository = try await Repository.open(clone.path)
        #expect(repository.traits.isShallow)
        let log = try await repository.log(LogQuery(includesChanges: true))
        #expect(log.commits.map(\.subject) == ["Number 4", "Number 3", "Number 2"])
        #expect(log.isCutByShallowClone)
        #expect(try await repository.contributors().isCutByShallowClone)
        #expect(try await repository.blame("a").hunks.map(\.subject) == ["Number 4"])
        #expect(try await repository.mergeBase("main", "origin/side") == repository.resolve("HEAD~1"))
        #expect(try await repository.status().upstream?.ahead == 0)
        #expect(try await repository.show("HEAD~2").diff.totals.insertions == 1)
        #expect(try await repository.log(LogQuery(start: "origin/side..main")).commits.count == 1)
    }
}
