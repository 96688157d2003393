import Assistant
import FoundationEssentials
import Git
import JSON
import Redaction
import TestSupport
import Testing
import Tools
import Workspace

/// Each kind of secret by each way on which text reaches a model: whole, by lines, by letters, as a hunk, as a file that
/// comes along, as what was said.
struct `A secret of every kind` {
    @Test func `stays in by every way, and is the same kind on each`() async throws {
        let files = PlantedSecrets.all
        let redactor = SecretRedactor()
        let repository = try await TestRepository.make()
        for (number, file) in files.enumerated() { try repository.write("kind\(number).txt", Self.text(file)) }
        try await repository.git("add", ".")
        try await repository.commitStaged(message: "Plant")
        for (number, file) in files.enumerated() { try repository.write("kind\(number).txt", Self.edited(file)) }
        let workspace = try Workspace(root: repository.path, shown: { redactor.redactedByLine($0) })
        let tools = Toolbox(
            workspace: workspace, repository: try await Repository.open(repository.path), repositoryName: "a/b",
            store: nil, redactor: redactor)
        var escapes: [String] = []
        var differing: [String] = []
        for (number, file) in files.enumerated() {
            let path = "kind\(number).txt"
            let pieces = SecretPieces(file.secrets, in: Self.text(file))
            var ways: [(way: String, text: String)] = [
                ("whole", redactor.redacted(Self.text(file))),
                ("file_read", try await Self.call(tools, "file_read", ["path": .string(path)])),
            ]
            let count = Self.edited(file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            var lines = ""
            for line in 1...count {
                let range: JSON = ["path": .string(path), "first_line": .integer(line), "last_line": .integer(line)]
                lines += try await Self.call(tools, "file_read", range) + "\n"
            }
            ways.append(("lines", lines))
            ways.append(("git_show", try await Self.call(tools, "git_show", ["path": .string(path)])))
            ways.append(("git_diff", try await Self.call(tools, "git_diff", ["path": .string(path)])))
            ways.append(
                (
                    "transcript",
                    redactor.redacted(parts: Self.text(file).split(separator: "\n").map { String($0) }).joined(
                        separator: " ")
                ))
            ways.append(("attachment", try await Self.attached(file, redactor)))
            for (way, text) in ways {
                escapes += pieces.found(in: text).prefix(1).map { "\(file.kind) by \(way): \($0)" }
            }
            // Searching by the secret's own letters finds nothing of it.
            for piece in Self.letters(of: file) {
                let found = try await Self.call(tools, "file_search", ["text": .string(piece), "files": .string(path)])
                escapes += pieces.found(in: found).prefix(1).map { "\(file.kind) by file_search \(piece): \($0)" }
            }
            let kinds = SecretPieces.kinds(in: ways[0].text)
            for (way, text) in ways.dropFirst() where way != "git_diff" && way != "transcript" {
                let own = SecretPieces.kinds(in: text)
                if own != kinds {
                    differing.append("\(file.kind) by \(way): \(own.sorted()) and not \(kinds.sorted())")
                }
            }
        }
        let kinds = Set(files.map(\.kind)).count
        print("hostile secrets: \(kinds) kinds, 8 ways, escapes \(escapes.count), kinds that differ \(differing.count)")
        #expect(escapes.isEmpty, "\(escapes.joined(separator: "\n"))")
        #expect(differing.isEmpty, "\(differing.joined(separator: "\n"))")
    }

    private static func text(_ file: PlantedSecrets.File) -> String { file.lines.joined(separator: "\n") + "\n" }

    private static func edited(_ file: PlantedSecrets.File) -> String { "first\n" + text(file) + "last\n" }

    private static func letters(of file: PlantedSecrets.File) -> [String] {
        file.secrets.flatMap { secret -> [String] in
            let line = secret.split(separator: "\n").max { $0.count < $1.count } ?? ""
            return [String(line.prefix(4)), String(line.suffix(4)), String(line.dropFirst(line.count / 2).prefix(4))]
        }.filter { $0.count == 4 && !$0.contains("\n") }
    }

    private static func call(_ tools: Toolbox, _ name: String, _ arguments: JSON) async throws -> String {
        let tool = try #require(tools.tools.first { $0.description.name == name })
        let call = try await tool.prepare(Arguments(parsing: arguments.description, for: tool.declaration))
        return try await call.perform().output
    }

    /// What a model is shown of a file that comes along with a request, and of a part of it.
    private static func attached(_ file: PlantedSecrets.File, _ redactor: SecretRedactor) async throws -> String {
        let model = ListeningModel()
        let assistant = Assistant(
            model: model, roster: .standard, tools: [], journal: NullJournal(), policy: Policy(),
            approver: AbsentApprover(), redact: { redactor.redacted($0) })
        let attachment = Attachment(name: "a.txt", content: text(file))
        _ = await assistant.handle(
            Request(
                text: "read it", source: .text, mode: .unattended, session: .new, repository: nil,
                attachments: [attachment], limits: RunLimits()))
        return model.heard.filter { $0.contains("a.txt") }.joined(separator: "\n")
    }
}
