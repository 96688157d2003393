import FoundationEssentials
import JSON
import Postgres
import TestSupport
import Testing

struct `Secrets in a commit` {
    /// A file of each kind is committed, then changed in its middle, then pushed, with every hook on and a model that
    /// repeats what it is told.
    @Test func `of a hundred and more kinds reach no request, no store, no log and no message`() async throws {
        let server = try LoopbackOpenAI(chat: { body in
            let said = (body["messages"]?.array ?? []).compactMap { $0["content"]?.string }.joined(separator: "\n")
            return .text("Plant\n\n" + said)
        })
        let database = try await TestDatabase.make()
        let directory = try TemporaryDirectory(prefix: "vocero-secrets")
        let vocero = try await VoceroProgram.make(
            in: directory.path, keeping: [directory], database: database,
            environment: ["OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "key-of-a-test"])
        let files = PlantedSecrets.all
        try write(files, into: directory, edited: false)
        #expect(try await shell(vocero, Self.preparation))
        #expect(try await shell(vocero, "git add . && git commit -q && git push -q origin main"))
        try write(files, into: directory, edited: true)
        #expect(try await shell(vocero, "git commit -qa && git push -q origin main"))
        #expect(try await shell(vocero, Self.waiting))

        let wanted = Pieces(files.flatMap(\.secrets))
        let requests = server.bodies("/chat/completions").flatMap { body in
            (body["messages"]?.array ?? []).compactMap { $0["content"]?.string }
        }
        #expect(requests.count == 8)
        for number in files.indices { #expect(requests.joined().contains("b/kind\(number).txt\n@@")) }
        #expect(requests.joined().contains("[redacted: "))
        var escapes: [String] = []
        for text in requests { escapes += wanted.found(in: text).map { "request: \($0)" } }
        let output = try await vocero.shell(
            "cat output seen; find \"$VOCERO_HOME\" -type f -exec cat {} + | tr -d '\\0'")
        escapes += wanted.found(in: output.output).map { "file: \($0)" }
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        for table in ["chat_sessions", "messages", "runs", "steps", "tool_calls", "artifacts"] {
            let rows = try await connection.run(PostgresStatement("SELECT t::text AS row FROM \(table) AS t", []))
            for row in rows.rows { escapes += wanted.found(in: "\(row)").map { "\(table): \($0)" } }
        }
        await connection.close()
        let kinds = Set(files.map(\.kind)).count
        print("secrets in commits: \(kinds) kinds, \(requests.count) texts sent, \(escapes.count) escapes")
        #expect(kinds >= 40)
        #expect(escapes.isEmpty, "\(escapes.prefix(20))")
    }

    private static let preparation = """
        git config --global user.name Alpha && git config --global user.email alpha@example.org &&
        git init -q --bare remote && git -C repository init -q -b main && cd repository &&
        git remote add origin ../remote && git config vocero.hook.tokens 400000 &&
        git config vocero.hook.deadline 60 && "$VOCERO" hook install
        """

    /// For the two commits to be recorded.
    private static let waiting = """
        for _ in $(seq 300); do
            [ "$("$VOCERO" history --json | grep -c '"content": "Committed ')" = 2 ] && exit 0
            sleep 0.1
        done
        exit 1
        """

    private func shell(_ vocero: VoceroProgram, _ line: String) async throws -> Bool {
        let editor = "cat \"$1\" >>\(vocero.directory)/seen"
        let script = """
            export GIT_EDITOR='f() { \(editor); }; f'
            [ ! -e repository/.git ] || cd repository
            { \(line)
            } >>\(vocero.directory)/output 2>&1
            """
        let output = try await vocero.shell(script)
        return output.status == 0
    }

    /// `edited`: with another character in the middle of a key, with lines around anything else.
    private func write(_ files: [PlantedSecrets.File], into directory: TemporaryDirectory, edited: Bool) throws {
        let keys = Set(PlantedSecrets.keys.map(\.kind))
        for (number, file) in files.enumerated() {
            var lines = file.lines
            if edited, keys.contains(file.kind) {
                lines[lines.count / 2] = lines[lines.count / 2].replacing("A", with: "B").replacing("a", with: "b")
            } else if edited {
                lines = ["first"] + lines + ["last"]
            }
            try directory.write("repository/kind\(number).txt", lines.joined(separator: "\n") + "\n")
        }
    }
}

/// Every twelve bytes of the secrets.
private struct Pieces {
    private var pieces: Set<[UInt8]> = []
    private static let length = 12

    init(_ secrets: [String]) {
        for secret in secrets.map({ Array($0.utf8) }) {
            for start in 0...max(0, secret.count - Self.length) {
                pieces.insert(Array(secret[start...].prefix(Self.length)))
            }
        }
    }

    func found(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.length else { return [] }
        return (0...(bytes.count - Self.length)).compactMap { start in
            let piece = Array(bytes[start..<(start + Self.length)])
            return pieces.contains(piece) ? String(decoding: piece, as: UTF8.self) : nil
        }
    }
}
