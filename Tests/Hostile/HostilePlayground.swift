import FoundationEssentials
import JSON
import Synchronization
import TestSupport

/// Where hostile repositories are played: what they may leave marks in, what they may call, and a person's own machine
/// with secrets in its environment.
struct HostilePlayground: Sendable {
    /// What came of one repository.
    struct Outcome: Sendable {
        let name: String
        /// Words that its commands left.
        let marks: [String]
        /// Files outside of it, or git's own, that are not as they were.
        let changed: [String]
        /// Commands that had to be killed.
        let hung: [String]
        /// Commands with their exit statuses.
        let statuses: [String]
    }

    let directory: TemporaryDirectory
    let canary: LoopbackServer
    let database: LoopbackPostgres
    private let engines: LoopbackOpenAI
    private let vocero: VoceroProgram
    private let base: TestRepository

    static let secrets = [
        "OPENAI_API_KEY_OLD": "sk-hostile-1", "GITHUB_PAT": "ghp_hostile2", "PGPASSWORD": "hostile3",
        "AWS_SECRET_ACCESS_KEY": "hostile4",
    ]

    static func make() async throws -> HostilePlayground {
        let directory = try TemporaryDirectory(prefix: "vocero-hostile")
        let canary = try LoopbackServer { _ in .json(["error": "nobody may come here"], status: 500) }
        let engines = try LoopbackOpenAI()
        let database = try await TestDatabase.make()
        var environment = secrets
        environment["VOCERO_SPEECH_URL"] = engines.baseURL
        // In the file of the person: weaker than a repository's configuration would be.
        environment["VOCERO_CONFIG"] = try directory.write(
            "config", "[database]\n\turl = \"\(database.connectionString)\"\n")
        environment["DATABASE_URL"] = ""
        let vocero = try await VoceroProgram.make(
            in: directory.path, keeping: [directory], environment: environment)
        return HostilePlayground(
            directory: directory, canary: canary, database: try LoopbackPostgres(), engines: engines, vocero: vocero,
            base: try await base())
    }

    /// Two commits, a change that is staged and one that is not, attributes for filters, prompts.
    private static func base() async throws -> TestRepository {
        let repository = try await TestRepository.make()
        try repository.write(".gitattributes", "* filter=x diff=x merge=x\n")
        try repository.write("prompts/one.md", "status\n")
        try repository.write("prompts/two.md", "show my uncommitted changes\n")
        try await repository.git("add", "-A")
        try await repository.commitStaged(message: "Begin")
        try await repository.commit("a", "1\n", message: "Say one")
        try repository.write("staged", "1\n")
        try await repository.git("add", "staged")
        try repository.write("a", "2\n")
        return repository
    }

    /// Makes the repository and runs every command in it. `through`: what runs the program.
    func play(_ hostile: HostileRepository, number: Int, through: [String]) async throws -> Outcome {
        let place = directory.file("place-\(number)")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try directory.write("place-\(number)/make.sh", hostile.script)
        try directory.write(
            "place-\(number)/mark",
            "#!/bin/sh\necho \"$*\" >>'\(place)/marks'\nenv >>'\(place)/environment'\nexec cat\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place + "/mark")
        var vocero = vocero
        vocero.environment.merge([
            "PLACE": place, "MARK": place + "/mark", "BASE": base.path, "REPOSITORIES": HostileRepository.directory,
            "CANARY": "127.0.0.1:\(canary.port)", "FAKE_PG": "127.0.0.1:\(database.port)",
            "THROUGH": through.joined(separator: " "), "WAV": Self.recording,
        ]) { $1 }
        let output = try await vocero.shell(Self.script)
        let lines = { (name: String) in
            ((try? String(contentsOfFile: "\(place)/\(name)", encoding: .utf8)) ?? "").split(separator: "\n").map(
                String.init)
        }
        guard lines("made") == ["made"] else { throw Unmade(description: "\(hostile.name): \(output)") }
        return Outcome(
            name: hostile.name, marks: lines("marks"), changed: lines("changed"),
            hung: lines("statuses").filter { $0.hasPrefix("124 ") || $0.hasPrefix("137 ") }, statuses: lines("statuses")
        )
    }

    private static var recording: String {
        URL(filePath: HostileRepository.directory).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "samples/last-commits.wav").path
    }

    /// In a shell of its own for the repository, so that what makes it stops at a failure.
    private static let script = """
        cd "$PLACE"
        bash -c '. "$REPOSITORIES/prelude.sh"; . "$PLACE/make.sh"; echo made >"$PLACE/made"' >made.log 2>&1 </dev/null \
            || { cat made.log; exit 1; }
        rm -f marks environment
        # Everything but what the program itself keeps: results beside the prompts, and the work tree's own files.
        look() {
            find outside repo/.git/hooks repo/prompts far other -printf '%p %y %s %T@\\n' 2>/dev/null | sort
        }
        look >before
        where=$(cat where)
        cd "$where"
        printf '\\n# a comment of git\\n' >"$PLACE/message"
        run() {
            timeout -k 1 20 $THROUGH "$VOCERO" "$@" </dev/null >>"$PLACE/log" 2>&1
            echo "$? $1 $2" >>"$PLACE/statuses"
        }
        # The status is asked for by the batch.
        run ask 'show my uncommitted changes'
        run doctor
        run history
        run hook run prepare-commit-msg "$PLACE/message"
        run hook run post-commit
        run batch run "$PLACE/repo/prompts"
        run transcribe "$WAV"
        cd "$PLACE"
        look >after
        diff before after | grep '^[<>]' >changed
        exit 0
        """
}

private struct Unmade: Error, CustomStringConvertible { let description: String }
