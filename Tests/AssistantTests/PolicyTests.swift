import Assistant
import FoundationEssentials
import Testing

struct `The policy` {
    static let now = Date(timeIntervalSince1970: 1_795_348_800)

    static func policy(_ entries: [(String, String)]) throws -> Policy {
        let named = entries.map { (key: $0.0, value: $0.1) }
        return Policy(file: try PolicyFile(entries: named, tools: ["file_create", "git_commit", "file_delete"]))
    }

    @Test(arguments: EffectClass.allCases, [Mode.attended, .hook, .unattended])
    func `without a file lets nothing write unasked`(effect: EffectClass, mode: Mode) {
        let decision = Policy().decide(
            tool: "file_create", effect: effect, subject: PolicySubject(repository: "a/b", paths: ["x"]), mode: mode,
            uses: 0)
        #expect(decision != .allow || effect.isRead)
    }

    @Test(arguments: [
        ("docs/a.md", "acme/demo", 0, true), ("docs/deep/a.md", "acme/demo", 0, true),
        ("src/a.md", "acme/demo", 0, false),
        ("docs", "acme/demo", 0, false), ("docs/a.md", "other/demo", 0, false), ("docs/a.md", "acme/demo", 2, false),
        ("docs/../src/a.md", "acme/demo", 0, true),
    ])
    func `allows exactly what its file lists`(path: String, repository: String, uses: Int, allowed: Bool) throws {
        let policy = try Self.policy([
            ("allow.file_create.repository", "acme/*"), ("allow.file_create.path", "docs/**"),
            ("allow.file_create.max", "2"),
            ("allow.file_create.expires", "2027-01-31"),
        ])
        let decision = policy.decide(
            tool: "file_create", effect: .writeLocal, subject: PolicySubject(repository: repository, paths: [path]),
            mode: .unattended, uses: uses, now: Self.now)
        #expect((decision == .allow) == allowed)
    }

    @Test func `ends with the day it names`() throws {
        let policy = try Self.policy([("allow.git_commit.repository", "*"), ("allow.git_commit.expires", "2026-11-22")])
        func decision(_ now: Date) -> PolicyDecision {
            policy.decide(
                tool: "git_commit", effect: .writeLocal, subject: PolicySubject(repository: "a"), mode: .unattended,
                uses: 0, now: now)
        }
        #expect(decision(Self.now) == .allow)
        #expect(decision(Self.now.addingTimeInterval(86_401)) != .allow)
    }

    @Test func `needs a path pattern for a call that touches paths`() throws {
        let policy = try Self.policy([("allow.file_create.repository", "*")])
        let decision = policy.decide(
            tool: "file_create", effect: .writeLocal, subject: PolicySubject(repository: "a", paths: ["x"]),
            mode: .unattended, uses: 0)
        #expect(decision != .allow)
    }

    @Test func `never lets an unattended run destroy`() throws {
        let policy = try Self.policy([("allow.file_delete.repository", "*"), ("allow.file_delete.path", "**")])
        let decision = policy.decide(
            tool: "file_delete", effect: .destroy, subject: PolicySubject(repository: "a", paths: ["x"]),
            mode: .unattended, uses: 0)
        #expect(decision != .allow)
    }

    @Test(arguments: [
        [("allow.nothing.repository", "*")], [("user.name", "x")], [("allow.file_create.colour", "red")],
        [("allow.file_create.path", "docs/**")],
        [("allow.file_create.repository", "*"), ("allow.file_create.max", "many")],
        [("allow.file_create.repository", "*"), ("allow.file_create.expires", "soon")], [("allow.file_create", "yes")],
    ])
    func `refuses a file it does not understand whole`(entries: [(String, String)]) {
        #expect(throws: PolicyFileError.self) { try Self.policy(entries) }
    }

    @Test(arguments: [
        ("*", "a/b/c", true), ("*.md", "a.md", true), ("*.md", "d/a.md", false), ("**/*.md", "d/e/a.md", true),
        ("**/*.md", "a.md", true),
        ("a/**", "a/b/c", true), ("a/**", "b/a", false), ("a/?.txt", "a/b.txt", true), ("a/?.txt", "a/bc.txt", false),
        ("a/**/z", "a/z", true), ("", "a", false), ("acme/*", "acme/a/b", false),
    ])
    func `matches patterns by components`(pattern: String, name: String, matches: Bool) {
        #expect(PathPattern(pattern).matches(name) == matches)
    }
}
