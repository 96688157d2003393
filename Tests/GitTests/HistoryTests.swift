import Foundation
import Git
import TestSupport
import Testing

struct `The history of a repository` {
    /// Branches, merges, renames and people, all told to git itself.
    static func make() async throws -> TestRepository {
        let repository = try await TestRepository.make()
        try await repository.commit(
            "a.txt", "one\n", message: "Add a\n\nWith a body.\n\n  Kept.", date: "2026-01-01T10:00:00+0100")
        try await repository.commit(
            "b.txt", "two\n", message: "Add b", author: "José Ñandú <jose@example.org>",
            date: "2026-01-02T10:00:00-0530")
        try await repository.git("checkout", "-q", "-b", "side")
        try await repository.commit("side.txt", "s\n", message: "Work aside", date: "2026-01-03T10:00:00Z")
        try await repository.git("checkout", "-q", "main")
        try await repository.commit("a.txt", "one\nmore\n", message: "Change a", date: "2026-01-04T10:00:00Z")
        let date = "2026-01-05T10:00:00Z"
        try await repository.git(
            ["merge", "-q", "--no-ff", "-m", "Merge side", "side"],
            variables: ["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date])
        try await repository.git("mv", "b.txt", "ü b.txt")
        try await repository.commitStaged(
            message: "Rename b", author: "Author Two <two@example.org>", date: "2026-01-06T10:00:00Z")
        try await repository.git("tag", "v1", "HEAD~2")
        return repository
    }

    static let format = "--format=%H|%h|%an|%ae|%at|%s|%P"

    static func line(_ commit: Commit) -> String {
        let author = commit.author
        return [
            commit.id.hex, commit.shortID, author.name, author.email, String(Int(author.date.timeIntervalSince1970)),
            commit.subject, commit.parents.map(\.hex).joined(separator: " "),
        ].joined(separator: "|")
    }

    @Test(arguments: [
        LogQuery(), LogQuery(limit: 3), LogQuery(start: "side"), LogQuery(start: "v1..HEAD"),
        LogQuery(start: "main..side"), LogQuery(start: "HEAD~3"), LogQuery(path: "a.txt"), LogQuery(path: "side.txt"),
        LogQuery(includesMerges: false), LogQuery(start: "v1...side"),
    ])
    func `lists what git log lists`(query: LogQuery) async throws {
        let test = try await Self.make()
        let log = try await Repository.open(test.path).log(query)
        var arguments = ["log", Self.format, "-n", String(query.limit)]
        if !query.includesMerges { arguments.append("--no-merges") }
        if let start = query.start { arguments.append(start) }
        if let path = query.path { arguments += ["--", path] }
        let expected = try await test.git(arguments).split(separator: "\n").map { String($0) }
        #expect(log.commits.map(Self.line) == expected)
        #expect(!log.isCutByShallowClone)
    }

    @Test(arguments: ["jose", "JOSÉ", "ñandu", "José Ñandú", "jose@example"])
    func `is searched by author without regard to case and accents`(author: String) async throws {
        let test = try await Self.make()
        let log = try await Repository.open(test.path).log(LogQuery(author: author))
        #expect(log.commits.map(\.subject) == ["Add b"])
    }

    @Test func `is bounded by dates`() async throws {
        let test = try await Self.make()
        let since = Date(timeIntervalSince1970: 1_767_398_400)  // 2026-01-03
        let until = Date(timeIntervalSince1970: 1_767_571_200)  // 2026-01-05
        let log = try await Repository.open(test.path).log(LogQuery(since: since, until: until))
        #expect(log.commits.map(\.subject) == ["Change a", "Work aside"])
    }

    @Test func `says that there is more`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        #expect(try await repository.log(LogQuery(limit: 2)).hasMore)
        #expect(try await !repository.log(LogQuery(limit: 6)).hasMore)
        #expect(try await repository.log(LogQuery(limit: 1, skip: 5)).commits.map(\.subject) == ["Add a"])
    }

    @Test func `counts changed lines as git does`() async throws {
        let test = try await Self.make()
        let log = try await Repository.open(test.path).log(LogQuery(includesMerges: false, includesChanges: true))
        for commit in log.commits {
            let numbers = try await test.git("show", "--numstat", "--format=", "-M", commit.id.hex)
                .split(separator: "\n").map { $0.split(separator: "\t") }
            let expected = ChangeTotals(
                files: numbers.count, insertions: numbers.map { Int($0[0]) ?? 0 }.reduce(0, +),
                deletions: numbers.map { Int($0[1]) ?? 0 }.reduce(0, +))
            #expect(commit.changes == expected)
        }
    }

    @Test func `keeps the parts of a message apart`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        let first = try await repository.show("HEAD~4").commit
        #expect(first.subject == "Add a")
        #expect(first.body == "With a body.\n\n  Kept.")
        #expect(first.author.offsetInMinutes == 60)
    }

    @Test func `counts contributors as git shortlog does`() async throws {
        let test = try await Self.make()
        try await test.commit(".mailmap", "José Ñandú <jose@example.org> <one@example.org>\n", message: "Map")
        let people = try await Repository.open(test.path).contributors()
        let expected = try await test.git("shortlog", "-sne", "--no-merges", "HEAD").split(separator: "\n").map {
            $0.drop { $0 == " " }.replacing("\t", with: " ")
        }
        #expect(people.people.map { "\($0.commits) \($0.name) <\($0.email)>" } == expected)
        #expect(people.commits == 6)
    }

    @Test func `is a clear refusal for what does not exist`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        for name in ["nothing", "v1..nothing", "-x", "", "HEAD~99", "a\nb", "HEAD^{/x"] {
            await #expect(throws: GitError.self) { try await repository.log(LogQuery(start: name)) }
        }
    }

    @Test func `stops being read when the task is cancelled`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        let kind = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await `Opening a repository`.kind { _ = try await repository.log() }
        }.value
        #expect(kind == .cancelled)
    }

    @Test func `finds common commits and resolves names`() async throws {
        let test = try await Self.make()
        let repository = try await Repository.open(test.path)
        let base = try await test.git("merge-base", "v1", "side")
        #expect(try await repository.mergeBase("v1", "side")?.hex == base)
        for name in ["main", "HEAD~2", "v1", "side^{commit}", String(base.prefix(8))] {
            #expect(try await repository.resolve(name).hex == test.git("rev-parse", name))
        }
    }
}
