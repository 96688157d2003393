internal import ArgumentParser
internal import JSON

/// `vocero doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check each part and say how to mend what does not work.",
        discussion: """
            Checks the libraries, the database with pgvector, the three endpoints with their keys, the local servers and \
            the repository. Exits 1 when something that is needed does not work. Examples:

              vocero doctor
              vocero doctor --json
            """)

    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        let checkup = Checkup(context: context)
        var findings: [Finding] = []
        for check in checkup.checks {
            context.console.progress("checking \(check.name)")
            let finding = await check.run()
            findings.append(finding)
            if !json { try context.console.writeLine(finding.text(styled: context.console.styled)) }
        }
        context.console.clearProgress()
        if json { try context.console.writeLine(JSON.array(findings.map(\.json)).text(pretty: true)) }
        if findings.contains(where: { $0.state == .broken }) { throw Ended(status: .failed) }
    }
}

/// What one check found.
struct Finding: Sendable {
    enum State: String, Sendable {
        case good
        /// Works without it, but less well.
        case missing
        case broken
    }

    let name: String
    let state: State
    let what: String
    /// How to mend it.
    let advice: String?

    func text(styled: Bool) -> String {
        let sign = state == .good ? "ok     " : state == .missing ? "missing" : "broken "
        let colored =
            !styled ? sign : state == .good ? Style.green(sign) : state == .missing ? Style.dim(sign) : Style.red(sign)
        return "\(colored)  \(name): \(what)" + (advice.map { "\n         → \($0)" } ?? "")
    }

    var json: JSON {
        [
            "name": .string(name), "state": .string(state.rawValue), "what": .string(what),
            "advice": advice.map(JSON.string) ?? .null,
        ]
    }
}
