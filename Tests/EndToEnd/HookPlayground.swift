import FoundationEssentials
import JSON
import Synchronization
import TestSupport

/// The directory in which one scenario is played: `repository`, a home, the data directory, and in `requests` what the
/// endpoint was asked.
struct HookPlayground {
    private let scenario: HookScenario
    private let directory: TemporaryDirectory
    private let endpoint: LoopbackServer?
    private let vocero: VoceroProgram

    init(_ scenario: HookScenario) async throws {
        self.scenario = scenario
        directory = try TemporaryDirectory(prefix: "vocero-hooks")
        for name in ["repository", "home", "requests"] {
            try FileManager.default.createDirectory(
                atPath: directory.file(name), withIntermediateDirectories: false)
        }
        try directory.write("repository.sh", Self.script(scenario.repository, stopsAtFailure: true))
        try directory.write("commands.sh", Self.script(scenario.commands, stopsAtFailure: false))
        endpoint = Self.endpoint(of: scenario, requests: directory.file("requests"))
        var environment = [
            "HOME": directory.file("home"), "PLACE": directory.path, "REQUESTS": directory.file("requests"),
            "GIT_CONFIG_GLOBAL": directory.file("home/gitconfig"),
        ]
        // Nothing listens there.
        if !scenario.needsStore { environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing" }
        if scenario.endpoint != .none {
            environment["OPENAI_BASE_URL"] = (endpoint?.url ?? "http://127.0.0.1:1") + "/v1"
            environment["OPENAI_API_KEY"] = "key-of-a-test"
        }
        vocero = try await VoceroProgram.make(in: directory.path, keeping: [directory], environment: environment)
    }

    /// Everything that the commands print.
    func output() async throws -> String {
        let output = try await vocero.shell(
            """
            export DATA_HOME="$VOCERO_HOME"
            bash repository.sh >repository.log 2>&1 </dev/null || { echo "the repository cannot be made:"
                cat repository.log; exit 1; }
            bash commands.sh </dev/null 2>&1
            """)
        endpoint?.stop()
        return output.output + output.error
    }

    private static func script(_ body: String, stopsAtFailure: Bool) -> String {
        """
        \(stopsAtFailure ? "set -e" : ":")
        . '\(HookScenario.directory)/prelude.sh'
        cd "$PLACE/repository"
        \(body)

        """
    }

    // MARK: The endpoint

    private static func endpoint(of scenario: HookScenario, requests: String) -> LoopbackServer? {
        let count = Mutex(0)
        let answers = scenario.answers.isEmpty ? ["Update the parser"] : scenario.answers
        let kind = scenario.endpoint
        guard kind != .none, kind != .unreachable else { return nil }
        return try? LoopbackServer { request in
            guard request.path == "/v1/chat/completions", let body = request.json else {
                return error(404, "nothing but chat is here")
            }
            let number = count.withLock { count in
                count += 1
                return count
            }
            record(body, as: "\(requests)/\(number)")
            switch kind {
            case .hangs: return .hang
            case .trickles: return slow(body)
            case .garbage: return .text("<!DOCTYPE html><html>Welcome</html>", contentType: "text/html")
            case .fails: return error(500, "the server is unwell")
            case .breaksOff:
                return .stream(
                    headers: ["Content-Type": "text/event-stream"],
                    pieces: [.init("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Parse\"}}]}\n\n")],
                    ending: .reset)
            case .limitsTheRate:
                return .json(
                    ["error": ["message": "slow down", "code": "rate_limit_exceeded"]], status: 429,
                    headers: ["retry-after": "60"])
            case .refusesTheKey: return error(401, "Incorrect API key provided.")
            case .answers, .none, .unreachable:
                return ChatAnswer.text(answers[min(number, answers.count) - 1]).reply(to: body)
            }
        }
    }

    private static func error(_ status: Int, _ message: String) -> LoopbackReply {
        .json(["error": ["message": .string(message), "type": "scripted", "code": nil]], status: status)
    }

    /// A word now and then, for minutes.
    private static func slow(_ body: JSON) -> LoopbackReply {
        let words = Array(repeating: "word", count: 600).joined(separator: " ")
        return ChatAnswer(words, delay: .milliseconds(400)).reply(to: body)
    }

    /// The body, and beside it the text of its messages.
    private static func record(_ body: JSON, as path: String) {
        let messages = body["messages"]?.array ?? []
        let text = messages.compactMap { $0["content"]?.string }.joined(separator: "\n\n")
        try? Data(body.description.utf8).write(to: URL(filePath: path + ".json"))
        try? Data((text + "\n").utf8).write(to: URL(filePath: path + ".txt"))
    }
}
