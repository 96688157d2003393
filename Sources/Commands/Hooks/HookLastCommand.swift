internal import Application
internal import ArgumentParser
internal import Files
internal import Hooks
internal import JSON

struct HookLastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "last", abstract: "Show what came in with the last pull, rebase or branch switch.",
        discussion: """
            Examples:

              vocero hook last
              vocero hook last --json | jq -r .text
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let context = try await Context.make(options)
        if let problem = context.repositoryProblem { throw problem }
        guard let repository = context.repository else {
            throw Failure(.noInput, "\(context.directory) is not in a git repository")
        }
        guard let last = HookLast.read(in: context.hookDirectory(of: repository)) else {
            throw Failure(
                .noInput, "nothing has come in since the hooks are here; `vocero hook status` says which are")
        }
        try HookLast.show(last, on: context.console, json: json)
    }
}

/// The file of the latest digest.
enum HookLast {
    static func read(in directory: String) -> LastDigest? {
        guard let bytes = try? FileSystem.contents(of: directory + "/last.json", limit: .max),
            let json = try? JSON(parsing: String(decoding: bytes, as: UTF8.self))
        else { return nil }
        return LastDigest(json)
    }

    static func keep(_ last: LastDigest, in directory: String) throws {
        try FileSystem.makeDirectories(directory)
        try NewFile.write(
            Array(last.json.description.utf8), to: directory + "/last.json", passing: .random(prefix: ".new-"),
            isDurable: false)
    }

    static func show(_ last: LastDigest, on console: Console, json: Bool) throws {
        if json { return try console.writeLine(last.json.text(pretty: true)) }
        guard console.styled else { return try console.writeLine(last.text) }
        try console.writeStyled(MarkdownRenderer.rendered(last.text) + "\n")
    }
}
