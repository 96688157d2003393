import Foundation
import JSON
import TestSupport
import Testing

/// docs/json.md says what programs are told; docs/json.schema.json says the same for a program.
struct `What programs are told` {
    private static func check() throws -> SchemaCheck {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try SchemaCheck(file: root.path + "/docs/json.schema.json")
    }

    @Test func `has the form that is described, command by command`() async throws {
        let project = try await Project.make()
        let check = try Self.check()
        let asked = try await project.vocero("ask", "--json", "summarize the last 2 commits").json
        #expect(check.faults(of: asked, as: "answer") == [])
        let run = try #require(asked["run"]?.string)
        let table: [(definition: String, words: [String])] = [
            ("explanation", ["ask", "--explain", "--json", "commits by Author One"]),
            ("explanation", ["ask", "--explain", "--json", "create a branch"]),
            ("history", ["history", "--json"]), ("search", ["search", "commits", "--json"]),
            ("sessions", ["sessions", "--json"]), ("run", ["show", run, "--json"]),
            ("agents", ["agents", "--json"]), ("doctor", ["doctor", "--json"]), ("config", ["config", "--json"]),
            ("trust", ["trust", "--json"]),
            ("services", ["services", "status", "--json"]), ("hook_status", ["hook", "status", "--json"]),
            ("batches", ["batch", "status", "--json"]),
        ]
        for row in table {
            let told = try await project.vocero.run(row.words).json
            #expect(check.faults(of: told, as: row.definition) == [])
            #expect(told.array.map { !$0.isEmpty || row.definition == "batches" } ?? true, "\(row.definition) is empty")
        }
    }

    @Test func `has the form that is described, event by event and result by result`() async throws {
        let project = try await Project.make()
        let check = try Self.check()
        let input = #"{"id": "a", "prompt": "status"}"# + "\n" + #"{"id": 3}"# + "\n"
        let output = try await project.vocero.run(
            ["batch", "run", "-", "--output", "answers", "--json"], input: .text(input))
        let events = try output.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        let names = events.map { $0["event"]?.string ?? "" }
        for name in ["started", "problem", "item", "finished"] { #expect(names.contains(name), "\(name)") }
        for event in events { #expect(check.faults(of: event, as: "batch_event") == []) }
        let results = try project.read("answers/results.jsonl").split(separator: "\n")
        #expect(results.count == 1)
        for result in results { #expect(check.faults(of: try JSON(parsing: String(result)), as: "result") == []) }
    }

    @Test(arguments: [
        (#"{"name": "a", "state": "good", "what": "w"}"#, "advice is missing"),
        (#"{"name": "a", "state": "good", "what": "w", "advice": null, "hooksPath": 1}"#, "is not described"),
        (#"{"name": "a", "state": "fine", "what": "w", "advice": null}"#, "is not known"),
        (#"{"name": "a", "state": "good", "what": 3, "advice": null}"#, "is not string"),
    ])
    func `is refused in another form`(finding: String, reason: String) throws {
        let faults = try Self.check().faults(of: .array([try JSON(parsing: finding)]), as: "doctor")
        #expect(faults.count == 1 && faults.first?.contains(reason) == true, "\(faults)")
    }
}
