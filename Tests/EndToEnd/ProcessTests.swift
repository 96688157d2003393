import Glibc
import JSON
import TestSupport
import Testing

@Suite(.sharedProject)
struct `The process` {
    @Test(arguments: [
        ["ask"], ["ask", "--nope"], ["frobnicate"], ["transcribe"], ["history", "--limit", "0"],
        ["history", "--since", "yesterday"], ["search", " "], ["search", "--limit", "0", "x"],
        ["ask", "--session", "a", "--continue", "x"], ["ask", "--audio", "a.wav", "words"],
        ["ask", "--max-cost", "-1", "x"], ["ask", "--agent", "nobody", "x"], ["services", "start", "everything"],
    ])
    func `exits 64 on words that make no sense`(arguments: [String]) async throws {
        let output = try await SharedProject.current.vocero.run(arguments)
        #expect(output.status == 64, "\(output)")
        #expect(output.output == "" && !output.error.isEmpty)
    }

    @Test(arguments: [
        (["hsitory"], "did you mean history?"), (["batch", "rnu", "x"], "did you mean run?"),
        (["hook", "instal"], "did you mean install?"), (["help", "nonsense"], "no command vocero nonsense"),
        (["help", "batch", "rnu"], "did you mean run?"), (["ask", "--jsn", "x"], "Did you mean '--json'?"),
        (["history", "--limit", "-1"], "--limit takes a positive number, and -1 is none"),
        (["search", "x", "--limit", "-0.5"], "and -0.5 is none"), (["transcribe"], "vocero transcribe --help"),
        (["xyzzy"], "See `vocero --help`"),
    ])
    func `says in one line what was probably meant`(arguments: [String], words: String) async throws {
        let output = try await SharedProject.current.vocero.run(arguments)
        #expect(output.status == 64 && output.output == "", "\(output)")
        #expect(output.errorLines.count == 1 && output.error.contains(words), "\(output)")
    }

    @Test func `says what nobody reads in the environment`() async throws {
        var vocero = try SharedProject.current.vocero
        vocero.environment["VOCERO_CHAT_MODLE"] = "x"
        vocero.environment["VOCERO_CONFIG"] = "/nowhere/config"
        let said = try await vocero("config").error
        #expect(said.contains("nothing reads VOCERO_CHAT_MODLE; did you mean VOCERO_CHAT_MODEL?"))
        #expect(said.contains("/nowhere/config, which is not there"))
    }

    /// A database that takes connections and says nothing keeps the program waiting.
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `ends with 128 and the signal that ended it`(signal: Int32) async throws {
        let database = try await TestDatabase.make().connectionString
        let proxy = try FreezingProxy(to: FreezingProxy.socketPath(in: database))
        proxy.freeze()
        var vocero = try SharedProject.current.vocero
        vocero.environment["DATABASE_URL"] = proxy.connectionString(of: database)
        let output = try await vocero.run(["history"]) { process in
            try await Task.sleep(for: .seconds(1))
            kill(process, signal)
        }
        #expect(output.status == 128 + signal, "\(output)")
    }

    @Test func `goes on under nohup when its terminal goes away`() async throws {
        let vocero = try SharedProject.current.vocero
        let output = try await vocero.shell(
            #"trap '' HUP; "$VOCERO" agents & kill -HUP $!; wait $!"#)
        #expect(output.status == 0 && output.output.contains("assistant"), "\(output)")
    }

    static let badInputs: [([String], Int32)] = [
        (["-C", "nowhere", "status"], 66), (["--audio", "nothing.wav"], 66), (["--audio", "."], 65),
        (["--audio", "README.md"], 65), (["--file", "nothing.txt", "status"], 66), (["--file", ".", "status"], 65),
        (["--policy", "nothing", "status"], 66), (["--policy", "README.md", "status"], 78),
    ]

    @Test(arguments: badInputs)
    func `says in one line which input is not good`(arguments: [String], status: Int32) async throws {
        let output = try await SharedProject.current.vocero.run(["ask"] + arguments)
        #expect(output.status == status, "\(output)")
        #expect(output.output == "" && output.errorLines.count == 1, "\(output)")
    }

    @Test func `takes a reader that goes away as success`() async throws {
        let vocero = try SharedProject.current.vocero
        let output = try await vocero.shell(#""$VOCERO" config | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}"#)
        #expect(output.status == 0 && output.error == "", "\(output)")
    }

    @Test func `takes a reader that was never there as success`() async throws {
        let vocero = try SharedProject.current.vocero
        let line = #"exec 3> >(:); wait $!; "$VOCERO" agents >&3"#
        let output = try await vocero.shell(line)
        #expect(output.status == 0 && output.error == "", "\(output)")
    }

    @Test(arguments: ["config", "agents", "--help", "ask status"])
    func `says that its output could not be written`(command: String) async throws {
        let output = try await SharedProject.current.vocero.shell("\"$VOCERO\" \(command) >/dev/full")
        #expect(output.status == 1, "\(output)")
        #expect(output.error.contains("No space left on device"))
    }

    @Test func `works with all standard streams closed`() async throws {
        let output = try await SharedProject.current.vocero.shell(#""$VOCERO" ask status <&- 2>&-"#)
        #expect(output.status == 0 && output.output.contains("main"), "\(output)")
    }
}
