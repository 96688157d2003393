internal import ArgumentParser
internal import HookInstall
internal import JSON

/// `vocero hook status`
struct HookStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what git runs for each hook, and in which order.",
        discussion: """
            Examples:

              vocero hook status
              vocero hook status --json
            """)

    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let installation = try await HookInstallation.make(options)
        let console = installation.context.console
        let status = try await installation.installer.status()
        if json { return try console.writeLine(status.json.text(pretty: true)) }
        try console.write(status.text(environment: Context.environment))
    }
}

extension HookStatus {
    /// A block a hook, each with its steps in order.
    func text(environment: [String: String]) -> String {
        var lines = ["hooks directory: \(directory.path)" + (hooksPath.map { " (core.hooksPath = \($0))" } ?? "")]
        if directory.isOutside { lines.append("  outside this repository: others may use it too") }
        if isSwitchedOff { lines.append("switched off in this repository by `git config vocero.hooks false`") }
        if environment["VOCERO"] == "0" { lines.append("switched off here by VOCERO=0") }
        if !managers.isEmpty { lines.append("also here: " + managers.map(\.rawValue).joined(separator: ", ")) }
        for hook in hooks {
            lines.append("\(hook.name.rawValue)\(hook.steps.isEmpty ? ": nothing" : "")")
            var number = 0
            for step in hook.steps {
                if step.runs { number += 1 }
                lines.append("  \(step.runs ? "\(number)." : "- ") \(step.words)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var hooksPath: String? { directory.hooksPath }

    /// What `--json` prints.
    var json: JSON {
        [
            "git": .string(gitVersion.description), "directory": .string(directory.path),
            "hooksPath": hooksPath.map(JSON.string) ?? .null, "outside": .bool(directory.isOutside),
            "switchedOff": .bool(isSwitchedOff), "managers": .array(managers.map { .string($0.rawValue) }),
            "hooks": .array(
                hooks.map { hook in
                    [
                        "name": .string(hook.name.rawValue), "installed": .bool(hook.isInstalled),
                        "steps": .array(hook.steps.map(\.json)),
                    ]
                }),
        ]
    }
}

extension HookStatus.Step {
    fileprivate var words: String {
        let what =
            switch kind {
            case .foreign: "another hook, \(path)"
            case .script: "vocero, \(path)"
            case .configuration: "vocero by configuration, \(path)"
            case .userConfiguration: "vocero by your configuration, \(path)"
            }
        let details =
            [version.map { "version \($0)" }, program.map { "runs \($0)" }].compactMap(\.self) + remarks
        return details.isEmpty ? what : "\(what) (\(details.joined(separator: "; ")))"
    }

    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "path": .string(path), "runs": .bool(runs),
            "version": version.map(JSON.integer) ?? .null, "program": program.map(JSON.string) ?? .null,
            "remarks": .array(remarks.map(JSON.string)),
        ]
    }
}
