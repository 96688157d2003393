import ArgumentParser
import Testing

@testable import Commands

struct `The command line` {
    @Test(arguments: [
        ["ask", "--session", "a", "--continue"], ["ask", "--audio", "a.wav", "text"], ["ask", "--max-cost", "0"],
        ["ask", "--max-cost", "nan"], ["ask", "--max-cost", "inf"], ["ask", "--session", ""],
        ["ask", "--session", String(repeating: "x", count: 201)], ["history", "--limit", "-1"],
        ["history", "--since", "2026-13-01"], ["search", ""], ["search", "--limit", "1001", "x"], ["search"],
        ["sessions", "--limit", "0"], ["show"], ["transcribe", "--format", "docx", "a.wav"],
        ["services", "stop", "all"], ["nonsense"],
    ])
    func `refuses what makes no sense before anything is started`(arguments: [String]) {
        #expect(throws: (any Error).self) { try Vocero.parseAsRoot(arguments) }
    }

    @Test(arguments: [
        ["ask", "-C", "/", "what", "is", "this"], ["ask", "--audio", "a.wav", "--language", "es"],
        ["history", "--since", "2026-01-31"], ["transcribe", "a.wav", "b.ogg", "--format", "srt"],
        ["services", "start", "database", "speech"], ["db", "psql", "--", "-c", "select 1"], ["config", "chat.model"],
    ])
    func `takes what the help shows`(arguments: [String]) throws {
        _ = try Vocero.parseAsRoot(arguments)
    }

    @Test func `has examples in the help of every command`() {
        for command in Vocero.configuration.subcommands {
            #expect(command.configuration.discussion.contains("vocero "), "\(command)")
            #expect(!command.configuration.abstract.isEmpty)
        }
    }
}
