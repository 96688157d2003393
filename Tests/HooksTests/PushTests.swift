import Git
import Redaction
import TestSupport
import Testing

@testable import Hooks

struct `A line that git writes to pre-push` {
    static let zero = String(repeating: "0", count: 40)
    static let one = String(repeating: "1", count: 40)
    static let long = String(repeating: "2", count: 64)
    static let longZero = String(repeating: "0", count: 64)

    @Test(arguments: [
        ("refs/heads/main \(one) refs/heads/main \(zero)", true, false),
        ("(delete) \(zero) refs/heads/x \(one)", false, true),
        ("HEAD \(long) refs/heads/año \(longZero)", true, false),
        ("HEAD@{1 day ago} \(one) refs/heads/x \(zero)", true, false),
    ])
    func `gives both sides`(line: String, hasLocal: Bool, hasRemote: Bool) throws {
        let update = try #require(PushUpdate(line: line))
        #expect((update.local != nil, update.remote != nil) == (hasLocal, hasRemote))
    }

    @Test(arguments: [
        "", "refs/heads/main", "a b c d", "a \(one) b", "a \(one) b xyz", "a \(one) b \(zero) more", "\(one) b \(zero)",
    ])
    func `is passed over when it has another form`(line: String) {
        #expect(PushUpdate(line: line) == nil)
    }

    @Test func `names branches and tags without their directory`() {
        let updates = PushUpdate.read(
            "a \(Self.one) refs/tags/v1.0 \(Self.zero)\nb \(Self.one) refs/heads/topic/x \(Self.zero)\n")
        #expect(updates.map(\.name) == ["v1.0", "topic/x"])
        #expect(updates.map(\.isTag) == [true, false])
    }
}

struct `What is risky in a push` {
    @Test(arguments: [
        ("db/migrate/20260101_users.rb", [ChangeRisk.Kind.migration]), ("app/migrations/0001_initial.py", [.migration]),
        ("sql/migration-3.sql", [.migration]), ("Cargo.lock", [.lockFile]), ("src/migrations.swift", []),
        (".github/workflows/ci.yml", [.workflow]), (".env", [.secretFile]), ("README.md", []),
    ])
    func `is told by names`(path: String, kinds: [ChangeRisk.Kind]) {
        let file = ChangedFile(kind: .added, path: path, fileClass: FileClass.of(path: path))
        #expect(ChangeRisk.of([file]).map(\.kind) == kinds)
    }

    @Test func `is a test that goes, and not one that comes`() {
        let gone = ChangedFile(kind: .deleted, path: "tests/a_test.py", fileClass: .test)
        let new = ChangedFile(kind: .added, path: "tests/b_test.py", fileClass: .test)
        #expect(ChangeRisk.of([gone, new]) == [ChangeRisk(.deletedTest, "tests/a_test.py")])
    }

    @Test func `is a secret, named by kind and place and never shown`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("readme", "x\n", message: "First")
        let secret = "ghp_" + String(repeating: "aB3dE5gH7j", count: 4).prefix(36)
        try await test.commit("conf/app.ini", "a = 1\nb = 2\ntoken = \(secret)\n", message: "Configure")
        let last = try await test.commit("conf/app.ini", "a = 1\n", message: "Take it out again")
        let repository = try await Repository.open(test.path)
        let reading = ChangeReading(repository: repository, redactor: SecretRedactor())
        let update = PushUpdate(
            localReference: "refs/heads/main", local: ObjectID(hex: last), remoteReference: "refs/heads/main",
            remote: nil)
        let review = try await PushReview.read(
            [update], remote: "origin", repository: repository, reading: reading,
            deadline: HookDeadline(total: .seconds(60)))
        let risk = try #require(review.risks.first { $0.kind == .secret })
        #expect(risk.detail.hasPrefix("GitHub token in conf/app.ini:3, commit "))
        #expect(!review.lines.joined().contains(secret))
    }

    @Test func `is a commit of the remote that is left behind`() async throws {
        let origin = try await TestRepository.make()
        try await origin.commit("a", "1", message: "Shared")
        let clone = try await origin.clone(to: "clone")
        let pushed = try await clone.commit("a", "2", message: "Pushed")
        try await clone.git("reset", "-q", "--hard", "HEAD~1")
        let now = try await clone.commit("a", "3", message: "Instead")
        let repository = try await Repository.open(clone.path)
        let update = PushUpdate(
            localReference: "refs/heads/main", local: ObjectID(hex: now), remoteReference: "refs/heads/main",
            remote: ObjectID(hex: pushed))
        let review = try await PushReview.read(
            [update], remote: "origin", repository: repository,
            reading: ChangeReading(repository: repository, redactor: SecretRedactor()),
            deadline: HookDeadline(total: .seconds(60)))
        #expect(review.risks.map(\.kind) == [.force])
    }

    private static func review(_ clone: TestRepository, _ updates: [PushUpdate]) async throws -> PushReview {
        let repository = try await Repository.open(clone.path)
        return try await PushReview.read(
            updates, remote: "origin", repository: repository,
            reading: ChangeReading(repository: repository, redactor: SecretRedactor()),
            deadline: HookDeadline(total: .seconds(60)))
    }

    private static func main(_ local: String, _ remote: String? = nil) -> PushUpdate {
        PushUpdate(
            localReference: "refs/heads/main", local: ObjectID(hex: local), remoteReference: "refs/heads/main",
            remote: remote.flatMap { ObjectID(hex: $0) })
    }

    @Test func `is nothing that the remote has already, merged into the branch`() async throws {
        let origin = try await TestRepository.make()
        try await origin.commit("a", "1", message: "First")
        let clone = try await origin.clone(to: "clone")
        try await origin.commit("db/migrations/1.sql", "x", message: "Migrate")
        let known = try await origin.commit("b", "1", message: "Third")
        try await clone.git("checkout", "-q", "-b", "topic")
        try await clone.commit("topic", "1", message: "On topic")
        try await clone.git("checkout", "-q", "main")
        try await clone.git("pull", "-q")
        try await clone.git("merge", "-q", "--no-edit", "topic")
        let local = try await clone.git("rev-parse", "HEAD")
        for remote in [known, nil] {
            let review = try await Self.review(clone, [Self.main(local, remote)])
            #expect(review.parts.first?.change?.files.map(\.path) == ["topic"])
            #expect(review.risks.isEmpty)
        }
    }

    @Test func `of many commits is told by what is new in them`() async throws {
        let origin = try await TestRepository.make()
        try await origin.commit("a", "1", message: "First")
        let clone = try await origin.clone(to: "clone")
        let commits = (1...205).map { number in
            "commit refs/heads/main\ncommitter A <a@example.org> \(1_700_000_000 + number) +0000\ndata 1\nx\n"
                + (number == 1 ? "from refs/heads/main^0\n" : "")
        }
        let input = commits.joined() + "M 100644 inline new.txt\ndata 1\nx\n"
        try await clone.git(["fast-import", "--quiet", "--force"], input: input)
        let review = try await Self.review(clone, [Self.main(try await clone.git("rev-parse", "main"))])
        #expect(review.parts.first?.hasMoreCommits == true)
        #expect(review.parts.first?.change?.files.map(\.path) == ["new.txt"])
        #expect(review.gaps.count == 1)
    }

    @Test func `is still told when another reference is no commit`() async throws {
        let test = try await TestRepository.make()
        let commit = try await test.commit("a", "1", message: "First")
        let blob = try await test.git("rev-parse", "HEAD:a")
        let tag = PushUpdate(
            localReference: "refs/tags/blob", local: ObjectID(hex: blob), remoteReference: "refs/tags/blob", remote: nil
        )
        let review = try await Self.review(test, [tag, Self.main(commit)])
        #expect(review.parts.map(\.update.name) == ["main"])
        #expect(review.gaps == ["blob is no commit"])
    }
}
