import FoundationEssentials

/// One file of `Tests/EndToEnd/Hooks`: a repository, commands, and what they must print.
///
///     What is shown, in one sentence.
///     endpoint: answers | none | unreachable | hangs | trickles | garbage | fails |
///               refuses the key | limits the rate | breaks off
///     store: yes
///
///     == repository
///     bash that must succeed; it begins in an empty directory `repository`
///     == answers
///     what the model says; `--` on a line of its own stands between answers, and the last is given again
///     == commands
///     bash; stdout and stderr are compared
///     == expected
///     the lines, of which `…` stands for any text or, alone, for any lines, and `<id>` for a commit's
///     ! what must not be in any line
///
/// The first two sections may be missing. What the scripts find beside git's own: `prelude.sh`.
struct HookScenario: Sendable, CustomStringConvertible {
    enum Endpoint: String, Sendable, CaseIterable {
        /// No key, no server.
        case none
        case answers, hangs, trickles, garbage, fails
        /// Nothing listens there.
        case unreachable
        case refusesTheKey = "refuses the key"
        /// Come back in a minute.
        case limitsTheRate = "limits the rate"
        case breaksOff = "breaks off"
    }

    let name: String
    let sentence: String
    let endpoint: Endpoint
    let needsStore: Bool
    let repository: String
    let answers: [String]
    let commands: String
    let expected: ExpectedOutput

    var description: String { name }

    static let directory = URL(filePath: #filePath).deletingLastPathComponent().path + "/Hooks"

    /// Of all files, by name.
    static let all: [HookScenario] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { try? HookScenario(file: $0) }
    }()

    /// How many files there are, also those that cannot be read.
    static var fileCount: Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).count { $0.hasSuffix(".txt") }
    }

    init(file: String) throws {
        let text = try String(contentsOfFile: Self.directory + "/" + file, encoding: .utf8)
        try self.init(name: String(file.dropLast(4)), text: text)
    }

    init(name: String, text: String) throws {
        var head: [Substring] = []
        var sections: [String: [Substring]] = [:]
        var section: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("== ") {
                section = String(line.dropFirst(3))
                sections[section ?? ""] = []
            } else if let section {
                sections[section]?.append(line)
            } else if !line.isEmpty {
                head.append(line)
            }
        }
        var fields: [Substring: String] = [:]
        for line in head.dropFirst() {
            guard let colon = line.firstRange(of: ": ") else { throw BrokenScenario("\(name): \(line)") }
            fields[line[..<colon.lowerBound]] = String(line[colon.upperBound...])
        }
        let known: Set<String> = ["repository", "answers", "commands", "expected"]
        guard let sentence = head.first, let commands = sections["commands"], let expected = sections["expected"],
            known.isSuperset(of: sections.keys), Set(["endpoint", "store"]).isSuperset(of: fields.keys),
            let endpoint = Endpoint(rawValue: fields["endpoint"] ?? "none")
        else { throw BrokenScenario("\(name) is no scenario") }
        self.name = name
        self.sentence = String(sentence)
        self.endpoint = endpoint
        needsStore = fields["store"] == "yes"
        repository = (sections["repository"] ?? []).joined(separator: "\n")
        answers = (sections["answers"] ?? []).split(separator: "--").map { lines in
            lines.joined(separator: "\n").trimmedLines
        }
        self.commands = commands.joined(separator: "\n")
        self.expected = ExpectedOutput(lines: expected)
    }
}

struct BrokenScenario: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension String {
    /// Without empty lines at both ends.
    var trimmedLines: String {
        var text = self[...]
        while text.hasPrefix("\n") { text.removeFirst() }
        while text.hasSuffix("\n") { text.removeLast() }
        return String(text)
    }
}
