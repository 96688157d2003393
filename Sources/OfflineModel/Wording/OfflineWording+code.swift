internal import Settings
internal import Tools

extension OfflineWording {
    private static let mostPlaces = 8

    func places(_ places: [CodeQuestion.Place], question: String) -> String {
        guard !places.isEmpty else {
            return pick("Nothing here speaks of “\(question)”.", "Nada aquí habla de «\(question)».")
        }
        let lines = places.prefix(Self.mostPlaces).map { place in
            "- \(place.path):\(place.line): `\(place.text.drop { $0 == " " || $0 == "\t" }.prefix(160))`"
        }
        return pick(
            "The words of “\(question)” are here, best first:",
            "Las palabras de «\(question)» están aquí, lo mejor primero:")
            + "\n\n" + lines.joined(separator: "\n")
    }

    func overview(_ project: ProjectOverview) -> String {
        var parts: [String] = []
        if let title = project.title { parts.append("**\(title)**") }
        if let paragraph = project.paragraph { parts.append(paragraph) }
        var lines: [String] = []
        let total = project.languages.reduce(0) { $0 + $1.bytes }
        if total > 0 {
            let shares = project.languages.prefix(5).map { "\($0.name) \($0.bytes * 100 / total) %" }
            lines.append(pick("- Languages: ", "- Lenguajes: ") + shares.joined(separator: ", "))
        }
        let files =
            plural(project.files, ("file", "files"), ("archivo", "archivos"))
            + (project.hasMoreFiles ? pick(" or more", " o más") : "")
        let folders = project.directories.prefix(8).map { "`\($0.name)/` (\($0.files))" }
        lines.append("- " + files + (folders.isEmpty ? "" : ": " + folders.joined(separator: ", ")))
        if let last = project.commits.commits.first {
            let count = commits(project.commits.total ?? 1)
            lines.append(
                pick(
                    "- \(count), the last on \(day(last.date)): `\(last.short)` \(last.subject)",
                    "- \(count), el último el \(day(last.date)): `\(last.short)` \(last.subject)"))
        }
        if !project.people.people.isEmpty {
            let people = project.people.people.prefix(5).map { "\($0.name) (\($0.commits))" }.joined(separator: ", ")
            let count = project.people.people.count
            let more = count > 5 ? pick(" and \(count - 5) more", " y \(count - 5) más") : ""
            lines.append(pick("- Authors: ", "- Autores: ") + people + more)
        }
        parts.append(lines.joined(separator: "\n"))
        return parts.joined(separator: "\n\n")
    }
}
