internal import Application
internal import ArgumentParser
internal import JSON
internal import Redaction

/// `vocero doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check each part and say how to mend what does not work.",
        discussion: """
            Checks the repository, the database with pgvector, the three endpoints with their keys, the local servers \
            and GitHub's token. Exits 1 when something that is needed does not work. Examples:

              vocero doctor
              vocero doctor --json
            """)

    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        let checkup = Checkup(context: context)
        var findings: [Finding] = []
        for check in checkup.checks {
            console.progress("checking \(check.name)")
            let finding = await check.run()
            findings.append(finding)
            if !json { try finding.show(on: console) }
        }
        console.clearProgress()
        if json { try console.writeLine(JSON.array(findings.map(\.json)).text(pretty: true)) }
        if findings.contains(where: { $0.state == .broken }) { throw Ended(status: .failed) }
    }
}

extension Finding {
    func show(on console: Console) throws {
        let sign = state == .good ? "ok     " : state == .missing ? "missing" : "broken "
        let colored =
            if !console.styled { sign } else {
                switch state {
                case .good: Style.green(sign)
                case .missing: Style.dim(sign)
                case .broken: Style.red(sign)
                }
            }
        let words = TerminalText.sanitized("\(name): \(what)" + (advice.map { "\n         → \($0)" } ?? ""))
        try console.writeStyled("\(colored)  \(words)\n")
    }
}
