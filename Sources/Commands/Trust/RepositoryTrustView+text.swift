internal import Application

extension RepositoryTrustView {
    /// On one screen.
    var text: String {
        var lines = ["\(gitDirectory)"]
        if requests.isEmpty { lines.append("asks for nothing that you have to allow.") }
        add("Where prompts, files and recordings would be sent:", .engine, to: &lines)
        add("Commands that would be run, and what leads to some:", .command, to: &lines)
        add("Other settings that git, or a program it runs, would follow:", .other, to: &lines)
        if isAllowed && !requests.isEmpty { lines.append("You have allowed all of that.") }
        if !hooks.isEmpty {
            lines.append(
                "Hooks that git runs for commits you approve, allowed or not: \(hooks.joined(separator: ", "))")
        }
        if !alternates.isEmpty { lines.append("Objects are read from: \(alternates.joined(separator: ", "))") }
        if !passedOver.isEmpty { lines.append("Not opened: \(passedOver.joined(separator: ", "))") }
        return lines.joined(separator: "\n")
    }

    private func add(_ title: String, _ kind: Kind, to lines: inout [String]) {
        let found = requests.filter { $0.kind == kind }
        guard !found.isEmpty else { return }
        lines.append(title)
        for request in found {
            let place = request.file == "\(gitDirectory)/config" ? "" : "  (\(request.file))"
            lines.append("  \(request.key) = \(request.value)\(place)")
        }
    }
}
