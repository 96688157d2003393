internal import HookInstall

extension HookStatus {
    /// A block a hook, each with its steps in order.
    func text(environment: [String: String]) -> String {
        var lines = [
            "hooks directory: \(directory.path)" + (directory.hooksPath.map { " (core.hooksPath = \($0))" } ?? "")
        ]
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
}
