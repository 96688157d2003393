import FoundationEssentials
import Testing

/// A repository that means harm: what it is called and the shell script that makes it.
struct HostileRepository: Sendable, CustomTestStringConvertible {
    let name: String
    let script: String

    var testDescription: String { name }

    static var directory: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Repositories").path
    }

    /// All that lie in the folder, and one for each few keys of git's configuration whose value is a command.
    static func all() throws -> [HostileRepository] {
        var all: [HostileRepository] = []
        for file in ["embedded", "configuration", "data", "places"] {
            let text = try String(contentsOfFile: "\(directory)/\(file).txt", encoding: .utf8)
            for part in ("\n" + text).split(separator: "\n=== ", omittingEmptySubsequences: true) {
                let lines = part.split(separator: "\n", maxSplits: 1)
                all.append(
                    HostileRepository(name: "\(file): \(lines[0])", script: lines.count > 1 ? String(lines[1]) : ""))
            }
        }
        return all + (try commandKeys())
    }

    private static func commandKeys() throws -> [HostileRepository] {
        let keys = try String(contentsOfFile: "\(directory)/command-keys.txt", encoding: .utf8)
            .split(separator: "\n").map(String.init)
        return stride(from: 0, to: keys.count, by: 5).map { start in
            let some = keys[start..<min(start + 5, keys.count)]
            return HostileRepository(
                name: "keys: " + some.joined(separator: ", "),
                script: some.map { "conf \($0) \"$MARK \($0)\"" }.joined(separator: "\n")
                    + "\nconf hook.x.event pre-commit")
        }
    }
}
